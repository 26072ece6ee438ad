// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "adaptertools.h"

#include "adapters/adapteradmin.h"
#include "adapters/adaptertrial.h"
#include "chat/chatservice.h"
#include "endpointlistmodel.h"
#include "http/chatstream.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Lorikeet {

AdapterTools::AdapterTools(EndpointListModel &endpoints, ChatService &service, QObject *parent)
    : QObject(parent)
    , m_endpoints(endpoints)
    , m_service(service)
{
    connect(&endpoints, &EndpointListModel::changed, this, [this](QUuid id) {
        if (id == m_setup.endpoint) {
            Q_EMIT setupChanged();
        }
    });
}

AdapterTools::~AdapterTools() = default;

void AdapterTools::setSetup(const ChatSetup &setup)
{
    const bool isOther = m_setup.endpoint != setup.endpoint || m_setup.adapter != setup.adapter;
    m_setup = setup;
    if (isOther) {
        stop();
        end({});
        Q_EMIT setupChanged();
    }
}

QString AdapterTools::server() const
{
    const std::optional<Endpoint> endpoint = m_endpoints.find(m_setup.endpoint);
    return endpoint ? endpoint->server : QString();
}

bool AdapterTools::canTry() const { return !m_setup.adapter.isBase(); }

bool AdapterTools::canLoad() const
{
    return canChangeAdapters(server(), AdapterChange::Kind::Load);
}

bool AdapterTools::canUnload() const
{
    return !m_setup.adapter.id.isEmpty()
        && canChangeAdapters(server(), AdapterChange::Kind::Unload);
}

QString AdapterTools::label() const
{
    return m_setup.adapter.merged      ? m_setup.adapter.merged->ids.join(u" + "_s)
        : m_setup.adapter.id.isEmpty() ? tr("These scales", "of adapters")
                                       : u"“%1”"_s.arg(m_setup.adapter.id);
}

void AdapterTools::begin(const QString &sentence)
{
    ++m_count;
    m_busy = true;
    m_failed = false;
    m_sentence = sentence;
    m_serverMessage.clear();
    Q_EMIT changed();
}

void AdapterTools::end(const QString &sentence, bool failed, const QString &serverMessage)
{
    m_busy = false;
    m_failed = failed;
    m_sentence = sentence;
    m_serverMessage = serverMessage;
    Q_EMIT changed();
}

void AdapterTools::stop()
{
    ++m_count;
    m_stream.reset();
    if (m_busy) {
        end({});
    }
}

void AdapterTools::onTarget(const std::function<void(const Target &)> &go)
{
    m_endpoints.resolve(m_setup.endpoint)
        .then(this, [this, go, count = m_count](const Result<Target> &target) {
            if (count != m_count) {
                return;
            }
            if (target) {
                go(*target);
            } else {
                end(target.error().message, true);
            }
        });
}

void AdapterTools::tryOut()
{
    if (m_busy || !canTry()) {
        return;
    }
    begin(tr("Asking for one token with %1 …").arg(label()));
    onTarget([this](const Target &target) {
        m_stream
            = m_service.chat(target, adapterTrial(target.endpoint, m_setup.model, m_setup.adapter));
        connect(m_stream.get(), &ChatStream::finished, this, &AdapterTools::onTried);
    });
}

void AdapterTools::onTried(const ChatOutcome &outcome)
{
    m_stream.release()->deleteLater();
    if (outcome.error) {
        end(outcome.error->message, true, outcome.error->serverMessage);
        return;
    }
    const double seconds = toSeconds(outcome.timing.end.value_or(Nanoseconds(0)));
    end(tr("%1 loads; its first answer took %2 s.")
            .arg(label(), QLocale().toString(seconds, 'f', 2)));
}

void AdapterTools::load(const QString &name, const QString &path)
{
    if (m_busy) {
        return;
    }
    begin(tr("Loading “%1” …").arg(name.trimmed()));
    change({.kind = AdapterChange::Kind::Load, .name = name.trimmed(), .path = path.trimmed()},
        tr("“%1” is loaded.").arg(name.trimmed()));
}

void AdapterTools::unload(const QString &name)
{
    if (m_busy) {
        return;
    }
    begin(tr("Unloading “%1” …").arg(name));
    change({.kind = AdapterChange::Kind::Unload, .name = name}, tr("“%1” is unloaded.").arg(name));
}

void AdapterTools::change(const AdapterChange &change, const QString &done)
{
    onTarget([this, change, done](const Target &target) {
        m_service.changeAdapters(target, change)
            .then(this,
                [this, done, id = target.endpoint.id, count = m_count](
                    const Result<QString> &result) {
                    // What the server has now is worth knowing also where nobody waits any more.
                    m_endpoints.ask(id);
                    if (count != m_count) {
                        return;
                    }
                    if (result) {
                        end(done);
                    } else {
                        end(result.error().message, true, result.error().serverMessage);
                    }
                });
    });
}

} // namespace Lorikeet
