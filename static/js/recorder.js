// A voice note is spoken into the page where the browser can record; the file field beside it works everywhere.
//   <div data-recorder hidden data-start="…" data-stop="…" data-refused="…">  before  <input type="file" name="voice">

const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const LONGEST = 3 * 60 * 1000; // three minutes: about a megabyte

class Recorder {
  constructor(box) {
    this.box = box;
    this.input = box.parentElement.querySelector("input[type=file]");
    this.button = box.querySelector("button");
    this.label = this.button.querySelector("span");
    this.said = box.querySelector("[role=status]");
    this.button.addEventListener("click", () => this.recording ? this.recording.stop() : this.start());
    box.hidden = false;
  }

  async start() {
    let sound;
    try { sound = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch { return this.say(this.box.dataset.refused); }
    const pieces = [], mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    this.recording = new MediaRecorder(sound, { mimeType, audioBitsPerSecond: 32000 });
    this.recording.addEventListener("dataavailable", (event) => pieces.push(event.data));
    this.recording.addEventListener("stop", () => {
      clearTimeout(this.limit);
      sound.getTracks().forEach((track) => track.stop());
      this.keep(new File(pieces, "voice", { type: this.recording.mimeType }));
      this.recording = null;
    });
    this.recording.start();
    this.limit = setTimeout(() => this.recording?.stop(), LONGEST);
    this.label.textContent = this.box.dataset.stop;
    this.button.setAttribute("aria-pressed", "true");
    this.say("");
  }

  keep(file) {
    const chosen = new DataTransfer();
    chosen.items.add(file);
    this.input.files = chosen.files;
    this.label.textContent = this.box.dataset.start;
    this.button.setAttribute("aria-pressed", "false");
    this.say(this.box.dataset.kept);
  }

  say(text) { this.said.textContent = text ?? ""; }
}

if (window.MediaRecorder && navigator.mediaDevices && window.DataTransfer)
  for (const box of document.querySelectorAll("[data-recorder]")) new Recorder(box);
