// On the site that frames a calculator: gives each frame the height its page asks for. It reads nothing else.
// This address is written on other sites, so it does not change; old browsers read it too.
(function () {
  window.addEventListener("message", function (event) {
    var said = event.data;
    if (!said || said.yibao !== "height" || !(said.height > 0 && said.height < 100000)) {
      return;
    }
    document.querySelectorAll("iframe[data-yibao]").forEach(function (frame) {
      if (frame.contentWindow === event.source) {
        frame.style.height = said.height + "px";
      }
    });
  });
})();
