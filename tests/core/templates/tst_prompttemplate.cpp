// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/prompttemplate.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestPromptTemplate final : public QObject
{
    Q_OBJECT

    const PromptTemplate m_prompt{.name = u"sort"_s,
        .messages = {{.role = Role::System, .text = u"You work for {{ company }}."_s},
            {.role = Role::User,
                .text = u"{% if tone is defined %}Be {{ tone }}. {% endif %}Where does this go: "
                        "{{ text }} (at most {{ words }} words)"_s}},
        .variables = {{.name = u"company"_s, .description = u"Whose"_s, .fallback = u"Acme"_s},
            {.name = u"words"_s, .fallback = 5}},
        .parameters = {{u"temperature"_s, 0.2}}};

    static QString problem(const Result<RenderedPrompt> &result)
    {
        return result ? QString() : result.error().message;
    }

private Q_SLOTS:

    void fieldsTellWhatIsNeeded()
    {
        const Result<QList<VariableField>> fields = fieldsOf(m_prompt);
        QVERIFY(fields);
        QCOMPARE(*fields,
            QList<VariableField>({{m_prompt.variables[0], false}, {{.name = u"tone"_s}, false},
                {{.name = u"text"_s}, true}, {m_prompt.variables[1], false}}));
    }

    void filledIn()
    {
        const Result<RenderedPrompt> made = render(m_prompt, {{u"text"_s, u"Hi {{ x }}"_s}});
        QCOMPARE(problem(made), QString());
        QCOMPARE(made->messages.size(), 2);
        QCOMPARE(
            made->messages[0], (Message{.role = Role::System, .content = u"You work for Acme."_s}));
        // What a value says is never itself a template.
        QCOMPARE(made->messages[1].content, u"Where does this go: Hi {{ x }} (at most 5 words)"_s);
        QCOMPARE(made->parameters, m_prompt.parameters);
        const Result<RenderedPrompt> kind
            = render(m_prompt, {{u"text"_s, u"x"_s}, {u"tone"_s, u"kind"_s}, {u"words"_s, 9}});
        QCOMPARE(kind->messages[1].content, u"Be kind. Where does this go: x (at most 9 words)"_s);
    }

    void missingAndSurplusAreNamedTogether()
    {
        QCOMPARE(problem(render(m_prompt, {{u"txt"_s, 1}, {u"tine"_s, 2}})),
            u"“sort” needs a value for “text”. “sort” has no variable “tine” and “txt”; it has "
            "“company”, “tone”, “text” and “words”."_s);
        QCOMPARE(problem(render({.messages = {{.text = u"Hi"_s}}}, {{u"a"_s, 1}})),
            u"The template has no variable “a”; it has none."_s);
    }

    void aDescriptionOfNothingIsAMistake()
    {
        PromptTemplate prompt = m_prompt;
        prompt.variables.append({.name = u"txet"_s});
        QCOMPARE(problem(render(prompt, {{u"text"_s, u"x"_s}})),
            u"“sort” describes a variable “txet”, which none of its messages uses."_s);
    }

    void theMessageThatIsWrongIsNamed()
    {
        PromptTemplate prompt = m_prompt;
        prompt.messages[1].text = u"a\n{{ text | batch(2) }}"_s;
        QCOMPARE(problem(render(prompt, {{u"text"_s, u"x"_s}})),
            u"“sort”, user message, line 2: the filter “batch” of Jinja is not supported here."_s);
    }

    void whatBecomesEmptyIsNotSent()
    {
        const PromptTemplate prompt{.name = u"p"_s,
            .messages = {{.role = Role::System, .text = u" {{ s }} "_s}, {.text = u"{{ q }}"_s}}};
        const Result<RenderedPrompt> made = render(prompt, {{u"s"_s, u""_s}, {u"q"_s, u"Hi"_s}});
        QCOMPARE(made->messages, QList<Message>({{.role = Role::User, .content = u"Hi"_s}}));
        QVERIFY(problem(render(prompt, {{u"s"_s, u"x"_s}, {u"q"_s, u" "_s}}))
                .contains(u"gives no question"_s));
    }

    void examplesAreTheTurnsBeforeTheQuestion()
    {
        const PromptTemplate prompt{.name = u"shots"_s,
            .messages = {{.role = Role::System, .text = u"Add {{ what }}."_s},
                {.text = u"1 {{ what }}"_s}, {.role = Role::Assistant, .text = u"1"_s},
                {.role = Role::System, .text = u"Now earnestly."_s}, {.text = u"{{ sum }}"_s}}};
        const Result<RenderedPrompt> made
            = render(prompt, {{u"what"_s, u"numbers"_s}, {u"sum"_s, u"2 + 2"_s}});
        QVERIFY2(made, qPrintable(problem(made)));
        QCOMPARE(examplesIn(made->messages),
            QList<ExampleTurn>({{.role = Role::User, .text = u"1 numbers"_s},
                {.role = Role::Assistant, .text = u"1"_s},
                {.role = Role::System, .text = u"Now earnestly."_s}}));
        QVERIFY(
            examplesIn({{.role = Role::System, .content = u"s"_s}, {.content = u"q"_s}}).isEmpty());
        QVERIFY(examplesIn({}).isEmpty());
    }

    /// Of one who is asked: what he has goes before, and what he has not stays.
    void ownSettingsReplaceTheTemplates()
    {
        const Message system{.role = Role::System, .content = u"s"_s};
        const Message shot{.role = Role::Assistant, .content = u"a"_s};
        const Message question{.role = Role::User, .content = u"q"_s};
        const Message ownSystem{.role = Role::System, .content = u"S"_s};
        const Message ownShot{.role = Role::Assistant, .content = u"A"_s};
        const auto with = [](QList<Message> messages, const QList<Message> &own) {
            replaceSetting(messages, own);
            return messages;
        };
        QCOMPARE(with({system, shot, question}, {}), QList<Message>({system, shot, question}));
        QCOMPARE(with({system, shot, question}, {ownSystem}),
            QList<Message>({ownSystem, shot, question}));
        QCOMPARE(
            with({system, shot, question}, {ownShot}), QList<Message>({system, ownShot, question}));
        QCOMPARE(with({system, shot, question}, {ownSystem, ownShot}),
            QList<Message>({ownSystem, ownShot, question}));
        QCOMPARE(with({question}, {ownShot}), QList<Message>({ownShot, question}));
        // A system message among one's own examples is one of them.
        QCOMPARE(with({system, question}, {ownSystem, ownShot, system}),
            QList<Message>({ownSystem, ownShot, system, question}));
    }

    void valuesThatPeopleType()
    {
        const TemplateVariable text{.name = u"t"_s};
        const TemplateVariable number{.name = u"n"_s, .fallback = 5};
        const TemplateVariable truth{.name = u"b"_s, .fallback = false};
        QCOMPARE(*valueFromText(text, u" 12 "_s), QJsonValue(u" 12 "_s));
        QCOMPARE(*valueFromText(number, u" 12 "_s), QJsonValue(12));
        QCOMPARE(*valueFromText(number, u"0.5"_s), QJsonValue(0.5));
        QCOMPARE(
            valueFromText(number, u"many"_s).error().message, u"“n” is a number, not “many”."_s);
        QCOMPARE(*valueFromText(truth, u"True"_s), QJsonValue(true));
        QVERIFY(!valueFromText(truth, u"yes"_s));
    }
};

QTEST_GUILESS_MAIN(TestPromptTemplate)
#include "tst_prompttemplate.moc"
