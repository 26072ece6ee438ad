// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storefixture.h"

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestTemplateStore final : public StoreFixture
{
    Q_OBJECT

    const PromptTemplate m_prompt{.name = u"sort"_s,
        .description = u"Which department"_s,
        .messages = {{.role = Role::System, .text = u"Be brief."_s},
            {.text = u"Where does this go: {{ text }} {{ tone }}"_s}},
        .variables = {{.name = u"tone"_s, .description = u"How"_s, .fallback = u"kind"_s}},
        .parameters = {{u"temperature"_s, 0.2}}};

    static int saved(Store &store, const PromptTemplate &prompt)
    {
        return take(store.templates().save(prompt)).value_or(-1);
    }

private Q_SLOTS:

    void comesBackWholeAfterARestart()
    {
        QCOMPARE(saved(*opened(), m_prompt), 1);
        const auto store = opened();
        const auto list = take(store->templates().list());
        QVERIFY(list);
        QCOMPARE(list->size(), 1);
        QCOMPARE(list->constFirst().prompt, m_prompt);
        QCOMPARE(list->constFirst().version, 1);
        QVERIFY(list->constFirst().created.isValid());
    }

    void aChangeIsANewVersionAndTheOldOneStays()
    {
        const auto store = opened();
        QCOMPARE(saved(*store, m_prompt), 1);
        QCOMPARE(saved(*store, m_prompt), 1);
        PromptTemplate other = m_prompt;
        other.parameters.insert(u"top_p"_s, 0.5);
        QCOMPARE(saved(*store, other), 2);
        QCOMPARE(saved(*store, m_prompt), 3);
        const auto versions = take(store->templates().versions(u"sort"_s));
        QCOMPARE(versions->size(), 3);
        QCOMPARE(versions->at(1).prompt, other);
        QCOMPARE(take(store->templates().list())->size(), 1);
        QCOMPARE(take(store->templates().load(u"sort"_s))->version, 3);
        QCOMPARE(take(store->templates().load(u"sort"_s, 2))->prompt, other);
        QVERIFY(take(store->templates().load(u"sort"_s, 4))
                .error()
                .message.contains(u"no version 4; its newest is 3"_s));
    }

    void removedAndRestored()
    {
        const auto store = opened();
        QCOMPARE(saved(*store, m_prompt), 1);
        QCOMPARE(problem(take(store->templates().remove(u"sort"_s))), QString());
        QVERIFY(take(store->templates().list())->isEmpty());
        QCOMPARE(take(store->templates().load(u"sort"_s)).error().kind, ApiError::Kind::NotFound);
        QCOMPARE(problem(take(store->templates().restore(u"sort"_s))), QString());
        QCOMPARE(take(store->templates().list())->size(), 1);
        // Not over one that took its name, whose number is another.
        QCOMPARE(problem(take(store->templates().remove(u"sort"_s))), QString());
        PromptTemplate other = m_prompt;
        other.description.clear();
        QCOMPARE(saved(*store, other), 2);
        QCOMPARE(problem(take(store->templates().restore(u"sort"_s))), QString());
        QCOMPARE(take(store->templates().versions(u"sort"_s))->size(), 1);
    }

    void byNameWhateverTheCase()
    {
        const auto store = opened();
        for (const QString &name : {u"b"_s, u"C"_s, u"a"_s}) {
            PromptTemplate prompt = m_prompt;
            prompt.name = name;
            QCOMPARE(saved(*store, prompt), 1);
        }
        QStringList names;
        const auto list = take(store->templates().list());
        for (const StoredTemplate &stored : *list) {
            names.append(stored.prompt.name);
        }
        QCOMPARE(names, QStringList({u"a"_s, u"b"_s, u"C"_s}));
        QCOMPARE(saved(*store, {}), -1);
    }
};

QTEST_GUILESS_MAIN(TestTemplateStore)
#include "tst_templatestore.moc"
