// Makes the forms of survey services by what runs them, answers them as simulated people do, and writes
// their exports: Google's script against a recorder of the calls that it makes, SurveyJS in its library.
//
//   node round.mjs google FORM.gs PEOPLE.ndjson > export.csv
//   node round.mjs surveyjs FORM.json PEOPLE.ndjson > export.json

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import vm from 'node:vm';

const [service, formFile, peopleFile] = process.argv.slice(2);
const form = readFileSync(formFile, 'utf8');
const people = readFileSync(peopleFile, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
// the order of asking, as the blank table has it
const ids = process.env.IDS.trim().split(',').slice(1);

// the place of an answer among the choices; the last one is that one does not know
const place = (answer, choices) => {
  if (answer === undefined) return undefined;
  if (answer === '?') return choices - 1;
  return typeof answer === 'number' ? answer - 1 : answer.charCodeAt(0) - 97;
};

if (service === 'google') {
  // every item as it was made, and every call that is none of the service
  const items = [];
  const item = (kind, known) => {
    const made = { kind };
    items.push(made);
    const self = {};
    for (const name of known) {
      self[`set${name}`] = (value) => {
        assert.notEqual(value, undefined, `${kind}: ${name}`);
        assert.notEqual(value, null, `${kind}: ${name}`);
        made[name] = value;
        return self;
      };
    }
    return self;
  };
  const logged = [];
  const settings = {};
  const recorder = {
    setDescription: (text) => { settings.description = text; return recorder; },
    setProgressBar: (on) => { settings.progress = on; return recorder; },
    setCollectEmail: (on) => { settings.email = on; return recorder; },
    addTextItem: () => item('text', ['Title', 'HelpText', 'Required']),
    addPageBreakItem: () => item('page', ['Title', 'HelpText']),
    addSectionHeaderItem: () => item('header', ['Title', 'HelpText']),
    addMultipleChoiceItem: () => item('choice', ['Title', 'HelpText', 'ChoiceValues', 'Required']),
    getPublishedUrl: () => 'https://docs.google.com/forms/d/e/x/viewform',
    getEditUrl: () => 'https://docs.google.com/forms/d/x/edit',
  };
  const sandbox = {
    FormApp: { create: (title) => { settings.title = title; return recorder; } },
    Logger: { log: (text) => logged.push(text) },
  };
  vm.runInNewContext(`${form}\nmakeForm();`, sandbox, { timeout: 10_000 });
  assert.ok(settings.title && settings.description && settings.email === false && logged.length === 2);
  const choices = items.filter((made) => made.kind === 'choice');
  assert.equal(choices.length, ids.length);
  assert.ok(choices.every((made) => made.Required === false));
  for (const made of choices) {
    // the service refuses an item with a choice that is empty or stands there twice
    assert.ok(made.ChoiceValues.every((choice) => choice.trim() !== ''));
    assert.equal(new Set(made.ChoiceValues).size, made.ChoiceValues.length, made.Title);
  }
  assert.ok(items.some((made) => made.kind === 'page') && items[0].kind === 'text');
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const asked = items.filter((made) => made.kind === 'text' || made.kind === 'choice');
  console.log(['Timestamp', ...asked.map((made) => made.Title)].map(cell).join(','));
  for (const person of people) {
    const given = choices.map((made, n) => made.ChoiceValues[place(person.answers[ids[n]], made.ChoiceValues.length)] ?? '');
    console.log(['2026/03/02 9:14:00 am GMT+13', person.id, ...given].map(cell).join(','));
  }
} else {
  const { Model } = createRequire(import.meta.url)('survey-core');
  const results = people.map((person) => {
    const survey = new Model(JSON.parse(form));
    assert.deepEqual(survey.jsonErrors ?? [], []);
    const questions = survey.getAllQuestions().filter((question) => question.getType() === 'radiogroup');
    assert.equal(questions.length, ids.length);
    survey.getQuestionByName('code').value = person.id;
    questions.forEach((question, n) => {
      assert.equal(question.name, ids[n]);
      const at = place(person.answers[ids[n]], question.choices.length);
      if (at !== undefined) question.value = question.choices[at].value;
    });
    // every page in turn, as a person does
    while (!survey.isLastPage) assert.ok(survey.nextPage());
    assert.ok(survey.completeLastPage());
    assert.equal(survey.state, 'completed');
    return survey.data;
  });
  console.log(JSON.stringify(results));
}
