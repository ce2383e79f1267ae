// A first plain chat. The session's secret lives in this variable only; nothing is stored.
"use strict";
(() => {
  const TEXTS = {
    sending: "Envoi…",
    lost: "La connexion est perdue. Votre message est encore là : touchez « Envoyer » pour réessayer.",
    left: (n) => (n === 1 ? "Encore une question dans cette section." : `Encore ${n} questions dans cette section.`),
    several: "Plusieurs choix possibles",
    go: "Continuer",
  };
  const COMMANDS = [
    ["Urgence", "/emergency"], ["Retour", "/back"], ["Passer", "/skip"], ["Pourquoi", "/why"],
    ["Pause", "/pause"], ["Résumé", "/summary"], ["Imprimer", null], ["Effacer", "/erase"], ["Menu", "/help"],
  ];
  const $ = (id) => document.getElementById(id);
  const log = $("log"), choices = $("choices"), status = $("status"), left = $("left"), text = $("text");
  let secret = null, turn = 0;
  let queue = Promise.resolve();

  function bubble(said, mine) {
    const p = document.createElement("p");
    p.textContent = said;
    if (mine) p.className = "mine";
    log.append(p);
    return p;
  }

  function show(answer) {
    let first = null;
    choices.replaceChildren();
    for (const message of answer.messages) {
      const p = message.text ? bubble(message.text, false) : null;
      first = first || p;
      if (message.choices.length) addChoices(message);
    }
    choices.hidden = !choices.childElementCount;
    left.hidden = !answer.left;
    left.textContent = answer.left ? TEXTS.left(answer.left) : "";
    if (first) {
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
      first.scrollIntoView({ block: "start" });
      window.scrollBy(0, -document.querySelector("header").offsetHeight - 8);
    }
  }

  function addChoices(message) {
    if (!message.multiple) {
      for (const { label, value } of message.choices) choices.append(button(label, () => send(value, label)));
      return;
    }
    const set = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = TEXTS.several;
    set.append(legend);
    // Commands offered beside the question's choices are taps of their own.
    const commands = message.choices.filter(({ value }) => value.startsWith("/"));
    for (const { label, value } of message.choices) {
      if (value.startsWith("/")) continue;
      const line = document.createElement("label");
      line.className = "choice";
      const box = document.createElement("input");
      box.type = "checkbox";
      box.value = value;
      box.autocomplete = "off";
      box.dataset.label = label;
      line.append(box, label);
      set.append(line);
    }
    const go = button(TEXTS.go, () => {
      const picked = [...set.querySelectorAll("input:checked")];
      if (picked.length) send(picked.map((box) => box.value).join(", "), picked.map((box) => box.dataset.label).join(", "));
    });
    go.className = "main";
    choices.append(set, go);
    for (const { label, value } of commands) choices.append(button(label, () => send(value, label)));
  }

  function button(label, act) {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = label;
    one.addEventListener("click", act);
    return one;
  }

  async function post(path, body) {
    const headers = { "Content-Type": "application/json" };
    if (secret) headers.Authorization = `Bearer ${secret}`;
    const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), cache: "no-store" });
    // Over, or erased: the next message opens another conversation.
    if (answer.status === 401) secret = null;
    return answer.json();
  }

  // Two messages sent in a row reply to the same turn: the guide makes one answer of them.
  function send(value, label) {
    const replyTo = turn;
    queue = queue.then(async () => {
      status.textContent = TEXTS.sending;
      for (const one of choices.querySelectorAll("button, input")) one.disabled = true;
      try {
        if (!secret) await open();
        const answer = await post("message", { message: value, reply_to: replyTo });
        bubble(label, true);
        if (answer.turn) turn = answer.turn;
        status.textContent = "";
        if (text.value.trim() === value) text.value = "";
        show(answer);
      } catch {
        status.textContent = TEXTS.lost;
        for (const one of choices.querySelectorAll("button, input")) one.disabled = false;
        if (!text.value) text.value = value.startsWith("/") ? "" : label;
      }
    });
  }

  $("free").addEventListener("submit", (event) => {
    event.preventDefault();
    const said = text.value.trim();
    if (!said) return;
    send(said, said);
    text.value = "";
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      $("free").requestSubmit();
    }
  });
  for (const [label, value] of COMMANDS) $("commands").append(button(label, () => (value ? send(value, label) : print())));
  addEventListener("pagehide", () => {
    if (secret) fetch("erase", { method: "POST", headers: { Authorization: `Bearer ${secret}` }, keepalive: true });
    log.replaceChildren();
    text.value = "";
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  async function open() {
    const answer = await post("session", {});
    secret = answer.session || null;
    turn = answer.turn || 0;
    return answer;
  }

  open().then(show).catch(() => { status.textContent = TEXTS.lost; });
})();
