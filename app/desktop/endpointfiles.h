// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "listmodel.h"
#include "model/endpoint.h"

#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class EndpointListModel;

/// Endpoints to and from files. A file is read whole or not at all; where it brings an endpoint
/// under a name that is taken, nothing happens before a person said what is to become of each:
/// those are the rows.
class EndpointFiles final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    /// How many names collide; while there are some, import() or cancel() is waited for.
    Q_PROPERTY(int collisions READ count NOTIFY collisionsChanged FINAL)
    /// What was done, or what is wrong with a file, in a sentence.
    Q_PROPERTY(QString message READ message NOTIFY messageChanged FINAL)
    Q_PROPERTY(bool failed READ hasFailed NOTIFY messageChanged FINAL)
    /// There is an endpoint to write.
    Q_PROPERTY(bool canExport READ canExport NOTIFY endpointsChanged FINAL)

public:
    enum Choice {
        KeepBoth, ///< the new one gets a name of its own
        Replace,
        Skip,
    };
    Q_ENUM(Choice)

    enum Role {
        NameRole = Qt::UserRole + 1,
        PresentRole, ///< the address of the one in the list
        BroughtRole, ///< the address of the one in the file
        ChoiceRole,
    };

    /// `endpoints` must outlive this.
    explicit EndpointFiles(EndpointListModel &endpoints, QObject *parent = nullptr);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] QString message() const { return m_message; }

    [[nodiscard]] bool hasFailed() const { return m_failed; }

    [[nodiscard]] bool canExport() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Reads local files, all of them or, where one is wrong, none.
    Q_INVOKABLE void read(const QList<QUrl> &files);
    /// Writes the endpoints a person added; the keys stay where they are.
    Q_INVOKABLE void write(const QUrl &file);
    Q_INVOKABLE void choose(int row, int choice);
    /// Carries out what was chosen.
    Q_INVOKABLE void import();
    /// Brings nothing in.
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void dismissMessage();

Q_SIGNALS:
    void collisionsChanged();
    void messageChanged();
    void endpointsChanged();

private:
    struct Row
    {
        Endpoint present;
        Endpoint brought;
        Choice choice = KeepBoth;
        friend bool operator==(const Row &, const Row &) = default;
    };

    void show(const QList<Row> &rows);
    void tell(const QString &sentence, bool failed);
    void addAll(const QList<Endpoint> &endpoints, int skipped);
    [[nodiscard]] QString freeName(const QString &name, const QList<Endpoint> &others) const;

    EndpointListModel &m_endpoints;
    QList<Endpoint> m_plain; ///< brought, and in nobody's way
    int m_same = 0; ///< brought, and in the list as they are
    QList<Row> m_rows;
    QString m_message;
    bool m_failed = false;
};

} // namespace Lorikeet
