// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "runs.h"

#include "http/curlaccessmanager.h"
#include "http/transport.h"

#include <QEventLoop>
#include <QNetworkReply>

#include <memory>

using namespace Qt::StringLiterals;

namespace Lorikeet::Bench {

namespace {

class CurlRun final : public QObject
{
public:
    explicit CurlRun(const Scenario &scenario)
        : m_scenario(scenario)
        , m_measurement(scenario)
    {
        m_request = {.verb = "POST"_ba,
            .url = QUrl(u"http://127.0.0.1:%1/v1/chat/completions"_s.arg(scenario.port)),
            .headers = {{"x-bench"_ba, scenario.order()}},
            .body = R"({"stream":true,"messages":[{"role":"user","content":")"_ba
                + QByteArray(scenario.bodyBytes, 'x') + "\"}]}"_ba};
    }

    QJsonObject run()
    {
        m_measurement.begin();
        m_manager.reserve(m_scenario.streams);
        m_left = m_scenario.mode == Mode::Single ? m_scenario.events : m_scenario.streams;
        for (int i = 0; i < m_scenario.streams; ++i) {
            start();
        }
        m_loop.exec();
        return m_measurement.result();
    }

private:
    void start()
    {
        const TimePoint began = Clock::now();
        QNetworkReply *reply = sendRequest(m_manager, m_request, {});
        auto buffer = std::make_shared<QByteArray>();
        auto hasToken = std::make_shared<bool>(false);
        connect(reply, &QNetworkReply::readyRead, this, [this, reply, buffer, hasToken, began] {
            for (const TimedBytes &piece : takeReceived(*reply)) {
                buffer->append(piece.bytes);
                splitEvents(*buffer, [&](QByteArrayView data) {
                    const std::optional<Stamps> stamps = readStamps(deltaText(data));
                    if (!stamps) {
                        return;
                    }
                    if (!std::exchange(*hasToken, true) && m_scenario.mode == Mode::Single) {
                        m_measurement.firstToken(began, *stamps, piece.at);
                    }
                    m_measurement.event(*stamps, piece.at, Clock::now());
                });
            }
        });
        connect(reply, &QNetworkReply::requestSent, this, [this, reply] {
            m_measurement.requestSent(*phaseTimes(*reply).sent);
            if (++m_sent == m_scenario.streams) {
                m_measurement.allOpen();
            }
        });
        connect(reply, &QNetworkReply::finished, this, [this, reply] {
            if (const std::optional<ApiError> error = transportError(*reply)) {
                qFatal("curl client: %s", qPrintable(error->message));
            }
            reply->deleteLater();
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
    HttpRequest m_request;
    QEventLoop m_loop;
    int m_left = 0;
    int m_sent = 0;
};

} // namespace

QJsonObject runCurl(const Scenario &scenario) { return CurlRun(scenario).run(); }

} // namespace Lorikeet::Bench
