// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "runs.h"

#include "http/apiclient.h"
#include "http/chatstream.h"
#include "http/curlaccessmanager.h"

#include <QEventLoop>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet::Bench {

namespace {

class ApiClientRun final : public QObject
{
public:
    explicit ApiClientRun(const Scenario &scenario)
        : m_scenario(scenario)
        , m_measurement(scenario)
        , m_client(m_manager)
    {
        m_target.endpoint.url = QUrl(u"http://127.0.0.1:%1/v1"_s.arg(scenario.port));
        m_target.endpoint.provider = u"openai"_s;
        m_target.endpoint.headers = {{"x-bench"_ba, scenario.order()}};
        m_request.model = u"bench"_s;
        m_request.messages = {{.role = Role::User, .content = QString(scenario.bodyBytes, u'x')}};
    }

    QJsonObject run()
    {
        m_measurement.begin();
        m_manager.reserve(m_scenario.streams);
        m_left = m_scenario.mode == Mode::Single ? m_scenario.events : m_scenario.streams;
        for (int i = 0; i < m_scenario.streams; ++i) {
            start();
        }
        QTimer look;
        if (m_scenario.mode == Mode::Open) {
            // Every stream has had its first event by then (see Scenario::interval).
            connect(&look, &QTimer::timeout, this, [this] { m_measurement.allOpen(); });
            look.setSingleShot(true);
            look.start(std::chrono::ceil<std::chrono::milliseconds>(2 * m_scenario.interval));
        }
        m_loop.exec();
        return m_measurement.result();
    }

private:
    void start()
    {
        const TimePoint began = Clock::now();
        ChatStream *stream = m_client.chat(m_target, m_request);
        connect(stream, &ChatStream::events, this,
            [this, began, hasToken = false](const StreamEvents &events) mutable {
                const TimePoint seen = Clock::now();
                for (const StreamEvent &event : events) {
                    const auto *delta = std::get_if<TextDelta>(&event.payload);
                    const std::optional<Stamps> stamps
                        = delta ? readStamps(QStringView(delta->text)) : std::nullopt;
                    if (!stamps) {
                        continue;
                    }
                    if (!std::exchange(hasToken, true) && m_scenario.mode == Mode::Single) {
                        m_measurement.firstToken(began, *stamps, event.at);
                    }
                    m_measurement.event(*stamps, event.at, seen);
                }
            });
        connect(stream, &ChatStream::finished, this, [this, stream](const ChatOutcome &outcome) {
            if (outcome.error) {
                qFatal("api client: %s", qPrintable(outcome.error->message));
            }
            m_measurement.requestSent(outcome.timing.start + *outcome.timing.sent);
            stream->deleteLater();
            if (--m_left == 0) {
                m_loop.quit();
            } else if (m_scenario.mode == Mode::Single) {
                start();
            }
        });
    }

    Scenario m_scenario;
    Measurement m_measurement;
    CurlAccessManager m_manager;
    ApiClient m_client;
    Target m_target;
    ChatRequest m_request;
    QEventLoop m_loop;
    int m_left = 0;
};

} // namespace

QJsonObject runApiClient(const Scenario &scenario) { return ApiClientRun(scenario).run(); }

} // namespace Lorikeet::Bench
