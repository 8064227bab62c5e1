// On every page: dates and times in the reader's own time zone. The server writes them in the site's.
const DAY = { day: "numeric", month: "long", year: "numeric" };
const CLOCK = { hour: "2-digit", minute: "2-digit" };
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

function tell(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const moment = new Date(time.dateTime);
    const form = /^\d\d:\d\d$/.test(time.textContent.trim()) ? CLOCK : DAY;
    time.textContent = new Intl.DateTimeFormat("en-GB", form).format(moment);
    time.title = `${moment.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })}, ${ZONE}`;
  }
}

document.addEventListener("htmx:load", (event) => tell(event.detail.elt));
tell(document);
