import { connect } from './connection.js';
import { FrameMatcher, History } from './frames.js';
import { draw } from './drawing.js';
import { Bars } from './bars.js';
import { Timeline } from './timeline.js';
import { ParameterPanel } from './parameters.js';
import { ExplanationPanel, showDiagnostics, showSituation } from './panels.js';

// Puts the parts together.

// Milliseconds
const NO_PICTURE_AFTER = 1500, NO_SITUATION_AFTER = 15000, LONGEST_PERIOD = 120000, PARAMETERS_EVERY = 5000;

function find(id) {
  return document.getElementById(id);
}

const canvas = find('picture'), notice = find('notice'), statusLine = find('status');
const bars = new Bars(find('faces')), timeline = new Timeline(find('timeline')), history = new History();
const parameters = new ParameterPanel(find('parameters'), find('parameters-message'));
const matcher = new FrameMatcher(receive);
let isPaused = false, current = null, lastPicture = 0, lastSituation = 0, situationEvery = 0, delay = 0, isNodePresent = null;

const connection = connect({
  picture: matcher.addPicture,
  message: function (message) {
    if (message.type === 'faces') {
      matcher.addFaces(message);
      bars.show(message.faces.faces);
      timeline.add(message.faces.faces, message.latency);
      if (Date.now() - lastPicture > NO_PICTURE_AFTER && !isPaused) {
        // The node shows no pictures, or none yet.
        show({ stamp: '', arrival: 0, image: null, faces: message.faces, latency: message.latency });
      }
    } else if (message.type === 'situation') {
      if (lastSituation) situationEvery = Math.min(Date.now() - lastSituation, LONGEST_PERIOD);
      lastSituation = Date.now();
      showSituation(find('situation'), message.situation);
    } else if (message.type === 'diagnostics') {
      showDiagnostics(find('diagnostics-message'), find('diagnostics'), message);
    } else if (message.type === 'node') {
      if (message.present && isNodePresent !== true) parameters.load();
      isNodePresent = message.present;
      statusLine.textContent = message.name + (message.present ? ' is there' : ' is not there');
    }
  },
  open: function () { statusLine.textContent = 'Connected'; },
  closed: function () {
    statusLine.textContent = 'No connection to the viewer; trying again';
    isNodePresent = null;
  }
});

function receive(frame) {
  lastPicture = Date.now();
  history.add(frame);
  if (!isPaused) show(frame);
}

function show(frame) {
  current = frame;
  draw(canvas, frame, find('boxes').checked);
  if (frame.image) {
    delay = connection.now() - frame.arrival;
    canvas.dispatchEvent(new CustomEvent('shown', { detail: { stamp: frame.stamp, delay: delay, faces: frame.faces.faces } }));
  }
}

setInterval(function () {
  timeline.tick();
  find('figures').textContent = timeline.rate.toFixed(1) + ' pictures a second' + (current && current.image ? ', ' + Math.round(delay) + ' ms to the screen' : '');
  if (Date.now() - lastSituation > Math.max(NO_SITUATION_AFTER, 3 * situationEvery)) find('situation').hidden = true;
  const silence = Date.now() - lastPicture;
  const text = isPaused || silence <= NO_PICTURE_AFTER ? '' : timeline.rate > 0 ? 'The node shows no pictures (privacy), or they are late' : 'No picture comes';
  notice.hidden = text === '';
  if (notice.textContent !== text) notice.textContent = text;
}, 1000);

// Others may change them, too.
let privacy = 'none';
setInterval(function () {
  if (isNodePresent && !document.hidden) parameters.refresh(function (values) {
    if (values.privacy !== privacy && values.privacy !== 'none' || values.privacy === 'no_images') forget();
    privacy = values.privacy;
  });
}, PARAMETERS_EVERY);

// Pictures of before are not shown any more either, nor saved.
function forget() {
  history.clear();
  toSave = '';
  find('saving').hidden = true;
  if (current && current.image) show({ stamp: '', arrival: 0, image: null, faces: current.faces, latency: current.latency });
}

function pause(value) {
  isPaused = value;
  find('pause').setAttribute('aria-pressed', String(value));
  find('pause').textContent = value ? 'Go on' : 'Pause';
  find('back').disabled = find('forward').disabled = !value;
  history.stay(value);
}

function step(by) {
  const frame = history.move(by);
  if (frame) show(frame);
}

find('pause').addEventListener('click', function () { pause(!isPaused); });
find('back').addEventListener('click', function () { step(-1); });
find('forward').addEventListener('click', function () { step(1); });
find('boxes').addEventListener('change', function () { if (current) draw(canvas, current, find('boxes').checked); });
canvas.addEventListener('keydown', function (event) {
  const key = event.key || String.fromCharCode(event.keyCode);
  if (key === ' ') pause(!isPaused);
  else if (isPaused && key === 'ArrowLeft') step(-1);
  else if (isPaused && key === 'ArrowRight') step(1);
  else return;
  event.preventDefault();
});

// Saving is the one thing that keeps a picture, so it asks.
let toSave = '';
find('save').addEventListener('click', function () {
  if (!current) return;
  toSave = canvas.toDataURL('image/png');
  find('saving').hidden = false;
  find('save-yes').focus();
});
find('save-no').addEventListener('click', function () {
  toSave = '';
  find('saving').hidden = true;
  find('save').focus();
});
find('save-yes').addEventListener('click', function () {
  const link = document.createElement('a');
  link.href = toSave;
  link.download = 'face_attributes_' + (current.stamp || 'faces') + '.png';
  document.body.appendChild(link);
  link.click();
  document.body.removeChild(link);
  toSave = '';
  find('saving').hidden = true;
  find('save').focus();
});
new ExplanationPanel(find('explain'), find('explanation'), find('explanation-text'));
