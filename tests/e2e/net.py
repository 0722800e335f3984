"""What a page asks for outside the site, and what its security policy had to stop."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebSocket

OWN_SCHEMES = ("data:", "blob:", "about:")


@dataclass(slots=True)
class Outside:
    """Grows while pages are used; empty lists are what every test wants."""

    requests: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)


def watch(context: BrowserContext, address: str) -> Outside:
    """Record every request of this context, those of its workers included, that does not go to `address`."""
    found = Outside()

    def on_request(request: Request) -> None:
        if not request.url.startswith((address, *OWN_SCHEMES)):
            found.requests.append(request.url)

    def on_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            found.breaches.append(message.text)

    def on_socket(socket: WebSocket) -> None:
        found.requests.append(socket.url)

    context.on("request", on_request)
    context.on("console", on_console)
    context.on("page", lambda page: page.on("websocket", on_socket))
    return found
