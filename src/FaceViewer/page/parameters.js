import { ask } from './rest.js';

// A panel made of the node's own descriptors.

export function ParameterPanel(container, message) {
  let number = 0, shown = {}, sets = 0, settings = 0; // By name; begun, and under way

  function get() {
    return ask('GET', '/v1/parameters').then(function (answer) { return answer.json(); });
  }

  this.load = function () {
    return get().then(function (parameters) {
      message.textContent = '';
      show(parameters);
    }, function (error) { message.textContent = error.message; });
  };

  // Brings the values up to date, but for the one that somebody is at; then(values by name).
  this.refresh = function (then) {
    const before = sets;
    return get().then(function (parameters) {
      if (sets !== before || settings > 0) return; // It may be of before what was set.
      const values = {};
      parameters.forEach(function (parameter) {
        values[parameter.name] = parameter.value;
        const entry = shown[parameter.name];
        if (!entry || entry.input === document.activeElement) return;
        entry.parameter.value = parameter.value;
        write(entry.input, entry.parameter, parameter.value);
      });
      then(values);
    }, function () { /* The node's absence is said elsewhere. */ });
  };

  function show(parameters) {
    const open = {};
    Array.prototype.forEach.call(container.querySelectorAll('details'), function (group) { open[group.getAttribute('data-group')] = group.open; });
    container.textContent = '';
    shown = {};
    const groups = {};
    parameters.forEach(function (parameter) {
      const dot = parameter.name.indexOf('.');
      const name = dot < 0 ? 'general' : parameter.name.slice(0, dot);
      let group = groups[name];
      if (!group) {
        group = groups[name] = document.createElement('details');
        group.setAttribute('data-group', name);
        group.open = open[name] === undefined ? name === 'general' : open[name];
        group.appendChild(document.createElement('summary')).textContent = name;
        container.appendChild(group);
      }
      group.appendChild(makeParameter(parameter));
    });
  }

  function makeParameter(parameter) {
    const element = document.createElement('div');
    element.className = 'parameter';
    const id = 'parameter' + number++;
    const label = element.appendChild(document.createElement('label'));
    label.textContent = parameter.name + ' ';
    label.htmlFor = id;
    const input = makeInput(parameter);
    input.id = id;
    input.setAttribute('data-parameter', parameter.name);
    input.disabled = parameter.readOnly;
    element.appendChild(input);
    shown[parameter.name] = { input: input, parameter: parameter };
    const error = document.createElement('p');
    error.className = 'error';
    error.setAttribute('role', 'alert');

    function set(value) {
      sets++;
      settings++;
      ask('PUT', '/v1/parameters/' + encodeURIComponent(parameter.name), { value: value }).then(function () {
        settings--;
        parameter.value = value;
        error.textContent = '';
        write(input, parameter, value);
      }, function (problem) {
        settings--;
        error.textContent = problem.message;
        write(input, parameter, parameter.value);
      });
    }

    input.addEventListener('change', function () {
      const value = read(input, parameter);
      if (value === null) error.textContent = 'A number is wanted.';
      else set(value);
    });
    if (!parameter.readOnly) {
      const reset = element.appendChild(document.createElement('button'));
      reset.type = 'button';
      reset.textContent = 'Reset';
      reset.title = 'Back to ' + text(parameter.initial) + ', as the viewer found it';
      reset.setAttribute('aria-label', 'Reset ' + parameter.name);
      reset.addEventListener('click', function () { set(parameter.initial); });
    }
    const range = parameter.range ? ' From ' + parameter.range.from + ' to ' + parameter.range.to + (parameter.range.step ? ' in steps of ' + parameter.range.step : '') + '.' : '';
    element.appendChild(document.createElement('p')).textContent = parameter.description + '.' + range;
    element.appendChild(error);
    return element;
  }

  function makeInput(parameter) {
    if (parameter.allowed) {
      const select = document.createElement('select');
      parameter.allowed.forEach(function (value) { select.appendChild(document.createElement('option')).value = select.lastChild.textContent = value; });
      select.value = parameter.value;
      return select;
    }
    const input = document.createElement('input');
    if (parameter.type === 'bool') {
      input.type = 'checkbox';
    } else if (parameter.type === 'integer' || parameter.type === 'double') {
      input.type = 'number';
      input.step = parameter.range && parameter.range.step ? parameter.range.step : parameter.type === 'integer' ? 1 : 'any';
      if (parameter.range) {
        input.min = parameter.range.from;
        input.max = parameter.range.to;
      }
    } else {
      input.type = 'text';
    }
    write(input, parameter, parameter.value);
    return input;
  }

  function text(value) {
    return Array.isArray(value) ? value.join(', ') : String(value);
  }

  function write(input, parameter, value) {
    if (parameter.type === 'bool') input.checked = value;
    else input.value = text(value);
  }

  // Null for what is no number where one is wanted.
  function read(input, parameter) {
    const many = parameter.type.slice(-2) === '[]';
    if (parameter.type === 'bool') return input.checked;
    if (parameter.type === 'string') return input.value;
    const items = many ? input.value.split(',').map(function (item) { return item.trim(); }).filter(function (item) { return item !== ''; }) : [input.value];
    if (parameter.type === 'string[]') return items;
    const numbers = items.map(Number);
    if (numbers.some(isNaN) || (!many && input.value === '')) return null;
    return many ? numbers : numbers[0];
  }
}
