// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "askedservice.h"
#include "endpointeditor.h"
#include "endpointlistmodel.h"
#include "ids.h"

#include <QSignalSpy>
#include <QTest>

namespace Lorikeet {

/// What a probe finds there.
inline ProbeResult at(const QString &url, const QString &provider = QStringLiteral("openai"))
{
    return {.provider = provider,
        .url = QUrl(url),
        .description
        = {.server = QStringLiteral("llama.cpp"), .models = {{.id = QStringLiteral("tiny")}}}};
}

/// The form of one endpoint over a store and a service that is answered by the test.
class EndpointEditorFixture : public QObject
{
    Q_OBJECT

protected:
    [[nodiscard]] EndpointTrial &trial() const { return *m_editor->trial(); }

    [[nodiscard]] Questions<ProbeResult> &probes() const { return m_ground->service.probes; }

    /// Tests what is typed, and answers that.
    void test(const Result<ProbeResult> &answer)
    {
        m_editor->test();
        QCOMPARE(trial().state(), int(EndpointTrial::Testing));
        QTRY_COMPARE(probes().count(), size_t(1));
        probes().answerFirst(answer);
        QTRY_VERIFY(trial().state() != EndpointTrial::Testing);
    }

    /// Saves what is typed; the endpoint as it is in the list then.
    [[nodiscard]] Endpoint save()
    {
        QSignalSpy saved(m_editor.get(), &EndpointEditor::saved);
        m_editor->save();
        if (!QTest::qWaitFor([&saved] { return !saved.isEmpty(); })) {
            qWarning("%s", qPrintable(m_editor->problem()));
            return {};
        }
        return m_endpoints->find(QUuid::fromString(m_editor->endpointId())).value_or(Endpoint());
    }

    std::unique_ptr<EndpointGround> m_ground;
    std::unique_ptr<EndpointListModel> m_endpoints;
    std::unique_ptr<EndpointEditor> m_editor;

private Q_SLOTS:

    void init()
    {
        m_ground = std::make_unique<EndpointGround>();
        m_endpoints = std::make_unique<EndpointListModel>(
            m_ground->store->endpoints(), m_ground->secrets, m_ground->service);
        m_editor
            = std::make_unique<EndpointEditor>(*m_endpoints, m_ground->secrets, m_ground->service);
    }

    void cleanup()
    {
        m_editor.reset();
        m_endpoints.reset();
        m_ground.reset();
    }
};

} // namespace Lorikeet
