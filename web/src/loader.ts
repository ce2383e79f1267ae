// Embeds the guide: <script src="…/chargeur.js" defer></script><guide-cadre></guide-cadre>
//
// A frame of another origin: the scripts of the page around can't read it. The frame may not move that page; it says
// that the worker leaves, and this loader moves it. Attributes: `terrain` opens straight to the ways in, `titre` is the
// frame's name. Its height is set by the style of the page around.
import { onShiftThrice } from "./shift.js";

const home = new URL(".", (document.currentScript as HTMLScriptElement).src);

class Frame extends HTMLElement {
  #frame = document.createElement("iframe");
  #exit = "about:blank";

  connectedCallback(): void {
    const frame = this.#frame;
    if (frame.isConnected) return;
    frame.title = this.getAttribute("titre") ?? "Guide";
    frame.referrerPolicy = "no-referrer";
    frame.allow = "clipboard-write";
    // Popups: the link to the organisation's protocol only.
    frame.sandbox.value =
      "allow-scripts allow-same-origin allow-modals allow-downloads allow-popups allow-popups-to-escape-sandbox";
    frame.src = home.href + (this.hasAttribute("terrain") ? "#terrain" : "");
    this.append(frame);
    addEventListener("message", ({ origin, source, data }) => {
      if (origin !== home.origin || source !== frame.contentWindow || !/^https?:/.test(data?.exit)) return;
      this.#exit = data.exit;
      if (data.type === "guide:sortie") this.#leave();
    });
    onShiftThrice(() => {
      frame.contentWindow?.postMessage({ type: "guide:sortie" }, home.origin);
      this.#leave();
    });
  }

  #leave(): void {
    document.documentElement.hidden = true;
    document.body.replaceChildren();
    location.replace(this.#exit);
  }
}

const style = new CSSStyleSheet();
style.replaceSync(
  ":where(guide-cadre){display:block;height:min(46rem,90vh)}:where(guide-cadre iframe){width:100%;height:100%;border:0}",
);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
customElements.define("guide-cadre", Frame);
