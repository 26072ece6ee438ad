// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/schemalibrary.h"

#include "storefixture.h"

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// A person's own schemas.
class TestSchemaLibrary final : public StoreFixture
{
    Q_OBJECT

private Q_SLOTS:

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void schemasAreKeptAsTheyWereWritten()
    {
        KeptSchema ticket{.id = QUuid::createUuid(),
            .name = u"Ticket"_s,
            .text = u"{\n  \"z\": 1,\n  \"a\": \"\u00e9\"\n}\n"_s};
        const KeptSchema broken{.id = QUuid::createUuid(), .name = u"Ticket"_s, .text = u"{"_s};
        {
            const auto store = opened();
            QVERIFY(take(store->schemas().list())->isEmpty());
            QCOMPARE(problem(take(store->schemas().save(ticket))), QString());
            QCOMPARE(problem(take(store->schemas().save(broken))), QString());
        }
        const auto store = opened();
        QCOMPARE(*take(store->schemas().list()), QList({ticket, broken}));
        ticket.name = u"Old ticket"_s;
        ticket.text = u"true"_s;
        QCOMPARE(problem(take(store->schemas().save(ticket))), QString());
        QCOMPARE(*take(store->schemas().list()), QList({ticket, broken}));
        QCOMPARE(problem(take(store->schemas().remove(ticket.id))), QString());
        QCOMPARE(*take(store->schemas().list()), QList({broken}));
    }
};

QTEST_GUILESS_MAIN(TestSchemaLibrary)

#include "tst_schemalibrary.moc"
