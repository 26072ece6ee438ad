// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "model/description.h"
#include "model/endpoint.h"
#include "providers/endpointprobe.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class ChatService;
class EndpointListModel;

/// Servers that answer on the usual ports of this machine and are no endpoints yet: Ollama,
/// llama.cpp, vLLM, LM Studio. Only the loopback interface is asked, with harmless GETs.
class LocalServers final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role { NameRole = Qt::UserRole + 1, AddressRole, DetailRole };

    /// Both must outlive this.
    LocalServers(ChatService &service, EndpointListModel &endpoints, QObject *parent);

    /// Asks all places at once; rows come as they answer, and go where they do no more.
    void look(const QList<LocalEndpoint> &places);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Makes an endpoint of a row.
    Q_INVOKABLE void add(int row);

Q_SIGNALS:
    void countChanged();
    void added(QUuid endpoint);
    void failed(const QString &sentence);

private:
    struct Row
    {
        Endpoint endpoint;
        EndpointDescription description;
        friend bool operator==(const Row &, const Row &) = default;
    };

    void offer(const Endpoint &endpoint, const ProbeResult &found);
    void withdraw(const QUrl &url);
    void show(const QList<Row> &rows);
    /// Leaves out what became an endpoint meanwhile.
    void sortOut();
    [[nodiscard]] bool isKnown(const QUrl &url) const;

    ChatService &m_service;
    EndpointListModel &m_endpoints;
    QList<Row> m_rows;
};

} // namespace Lorikeet
