// A question with its choices: real buttons, or checkboxes with one « Continuer ».
import type { Choice, Message } from "./contract.js";
import { button, el } from "./dom.js";
import { t } from "./texts.js";

/** What is done with a button's value and the words on it. */
export type Pick = (value: string, label: string) => void;

const isCommand = (choice: Choice): boolean => choice.value.startsWith("/");

/** The group of a question's choices, named by `title`; commands stand beside unless there is nothing else. */
export function choicesOf(title: HTMLElement, asked: Message, pick: Pick): HTMLElement {
  const tap = (kind: string) => (choice: Choice) => button(choice.label, () => pick(choice.value, choice.label), kind);
  const own = asked.choices.filter((choice) => !isCommand(choice));
  const beside = own.length ? asked.choices.filter(isCommand) : [];
  const group = el("fieldset", {}, el("legend", {}, title));
  if (!own.length) group.append(list(asked.choices.map(tap("choice"))));
  else if (asked.multiple) group.append(...several(title, own, pick));
  else group.append(list(own.map(tap("choice"))));
  if (beside.length) group.append(el("p", { class: "place" }, t("beside")), list(beside.map(tap("quiet"))));
  return group;
}

function list(items: HTMLElement[]): HTMLElement {
  return el("div", { class: "choices" }, ...items);
}

function several(title: HTMLElement, choices: Choice[], pick: Pick): (HTMLElement | string)[] {
  const error = el("p", { class: "error", role: "alert" });
  const boxes = choices
    .filter((choice) => !choice.exclusive)
    .map((choice) => ({
      choice,
      box: el("input", { type: "checkbox", autocomplete: "off", change: () => (error.textContent = "") }),
    }));
  const go = () => {
    const picked = boxes.filter(({ box }) => box.checked).map(({ choice }) => choice);
    if (picked.length) pick(picked.map((one) => one.value).join(", "), picked.map((one) => one.label).join(", "));
    else error.textContent = t("none_chosen");
  };
  return [
    // Some questions say it themselves.
    title.textContent?.includes(t("several")) ? "" : el("p", { class: "hint" }, t("several")),
    list(boxes.map(({ box, choice }) => el("label", { class: "choice" }, box, el("span", {}, choice.label)))),
    error,
    button(t("go"), go, "main"),
    // « Rien de tout cela » goes alone: one tap, no box.
    list(
      choices
        .filter((choice) => choice.exclusive)
        .map((choice) => button(choice.label, () => pick(choice.value, choice.label), "choice")),
    ),
  ];
}
