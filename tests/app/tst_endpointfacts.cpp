// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endpointfacts.h"

#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What a test found is said with its reason, and what is not known is said to be so.
class TestEndpointFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void capabilitiesHaveTheirGrounds();
    void eachCapabilityHasItsName();
    void onlyRoutesThatTellSomethingAreListed();
    void eachFaultHasItsWords();
};

void TestEndpointFacts::capabilitiesHaveTheirGrounds()
{
    using State = CapabilityFinding::State;
    using Ground = CapabilityFinding::Ground;
    const EndpointDescription found{.server = u"vLLM"_s,
        .capabilities = {{Capability::Metrics, State::Yes, Ground::Wire, u"GET /metrics: 200"_s},
            {Capability::Tools, State::No, Ground::Kind, u"started without them"_s},
            {Capability::Logprobs, State::Unknown, Ground::None, u"the model decides"_s},
            {Capability::Rerank}}};
    const QList<Fact> facts = capabilityFacts(found);
    QCOMPARE(facts.size(), 4);
    QCOMPARE(facts[0].tone, int(Fact::Good));
    QVERIFY(facts[0].ground.contains(u"GET /metrics: 200"_s));
    QCOMPARE(facts[1].tone, int(Fact::Missing));
    QVERIFY(facts[1].ground.contains(u"vLLM"_s));
    QCOMPARE(facts[2].tone, int(Fact::Doubtful));
    QVERIFY(facts[2].ground.contains(u"the model decides"_s));
    QCOMPARE(facts[3].value, facts[2].value);
    QVERIFY(!facts[3].ground.isEmpty());
    QVERIFY(capabilityFacts({}).isEmpty());
}

void TestEndpointFacts::eachCapabilityHasItsName()
{
    EndpointDescription found;
    for (int i = 0; i <= int(lastOf(Capability())); ++i) {
        found.capabilities.append({Capability(i)});
    }
    QSet<QString> names;
    for (const Fact &fact : capabilityFacts(found)) {
        names.insert(fact.label);
    }
    QCOMPARE(names.size(), found.capabilities.size());
    QVERIFY(!names.contains(QString()));
}

void TestEndpointFacts::onlyRoutesThatTellSomethingAreListed()
{
    using Access = RouteAccess::Access;
    const EndpointDescription found{
        .access = {{u"GET /metrics"_s, Access::Open, u"200"_s},
            {u"GET /v1/models"_s, Access::Guarded, u"401"_s},
            {u"GET /slots"_s, Access::Absent, u"404"_s}, {u"GET /props"_s, Access::Unknown, {}}}};
    const QList<Fact> facts = accessFacts(found);
    QCOMPARE(facts.size(), 2);
    QCOMPARE(facts[0].label, u"GET /metrics"_s);
    QVERIFY(facts[0].ground.contains(u"200"_s));
    QVERIFY(facts[0].value != facts[1].value);
}

void TestEndpointFacts::eachFaultHasItsWords()
{
    QSet<QString> words;
    for (int i = 0; i <= int(TlsFault::Handshake); ++i) {
        const QList<Fact> facts = certificateFacts({.fault = TlsFault(i)});
        // Of what the server did not show nothing is said.
        QCOMPARE(facts.size(), 1);
        words.insert(facts[0].value);
    }
    QCOMPARE(words.size(), int(TlsFault::Handshake) + 1);
}

QTEST_GUILESS_MAIN(TestEndpointFacts)

#include "tst_endpointfacts.moc"
