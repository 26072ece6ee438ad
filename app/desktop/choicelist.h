// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "model/description.h"
#include "model/endpoint.h"
#include "turnchoice.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class AdapterPicker;
class EndpointListModel;

/// The adapters and models of an endpoint as one list to search: what was used lately first, and
/// an id that is typed where the server takes any. With endpoints also these, and what is found of
/// theirs.
class ChoiceList final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged FINAL)
    /// Where an id that is typed is taken from: one of the picker's sources, the usual by default.
    Q_PROPERTY(QString source READ source WRITE setSource NOTIFY sourceChanged FINAL)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        DetailRole, ///< where it is from, or what it is, or how an endpoint is
        SectionRole, ///< a heading; empty: none, as for what is found of the endpoint itself
        ChosenRole,
    };

    /// Those given must outlive this. Without `endpoints` the picker's own is all there is.
    explicit ChoiceList(AdapterPicker &picker, const EndpointListModel *endpoints = nullptr,
        QObject *parent = nullptr);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] QString query() const { return m_query; }

    void setQuery(const QString &query);
    [[nodiscard]] QString source() const;
    void setSource(const QString &source);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// For the next answers.
    Q_INVOKABLE void pick(int row);
    /// For somebody else to do something with.
    Q_INVOKABLE [[nodiscard]] Lorikeet::TurnChoice choice(int row) const;

Q_SIGNALS:
    void countChanged();
    void queryChanged();
    void sourceChanged();
    /// What was picked is another endpoint's, or that itself.
    void pickedElsewhere(const Lorikeet::TurnChoice &choice);

private:
    struct Row
    {
        TurnChoice choice;
        QString title;
        QString detail;
        QString section;
        bool chosen = false;
        friend bool operator==(const Row &, const Row &) = default;
    };

    [[nodiscard]] static std::span<const Field<Row>> fields();
    void list();
    [[nodiscard]] QList<Row> adapters() const;
    [[nodiscard]] QList<Row> scaled() const;
    [[nodiscard]] QList<Row> models() const;
    /// The other endpoints; with `whole` what they are known to have, too.
    [[nodiscard]] QList<Row> elsewhere(bool whole) const;
    [[nodiscard]] static QList<Row> rowsAt(
        const Endpoint &endpoint, const EndpointDescription &description, const QString &section);
    [[nodiscard]] QList<Row> found(const QString &typed, const QList<Row> &own) const;
    [[nodiscard]] Row adapterRow(
        const AdapterChoice &adapter, const QString &title, const QString &detail) const;

    AdapterPicker &m_picker;
    const EndpointListModel *m_endpoints;
    QString m_query;
    QString m_source; ///< empty: nobody chose one
    QList<Row> m_rows;
};

} // namespace Lorikeet
