// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "schema/partialjson.h"
#include "timeline/timelinerow.h"

#include <QAbstractListModel>
#include <QSet>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace Lorikeet {

/// JSON as a tree, while it comes and when it is whole: a row for each value that is not folded
/// away. Takes what is new a few times a second, in time linear in that; much at once is read in
/// another thread.
class JsonTree : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    /// The JSON, as far as it is there.
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged FINAL)
    /// Of the values that do not keep to a schema.
    Q_PROPERTY(
        QList<Lorikeet::AnswerFault> faults READ faults WRITE setFaults NOTIFY faultsChanged FINAL)
    /// Why it is no JSON from some place on; empty: it is, as far as it goes.
    Q_PROPERTY(QString problem READ problem NOTIFY grown FINAL)
    Q_PROPERTY(int count READ count NOTIFY grown FINAL)

public:
    enum Role {
        KeyRole = Qt::UserRole + 1, ///< of a member; an item's index, from 0; empty: the whole
        ValueRole, ///< of what holds others: how many, as "{3}" or "[3]"
        KindRole, ///< a Kind
        DepthRole,
        ItemRole, ///< its key is an index
        ContainerRole, ///< it holds others
        FoldedRole,
        OpenRole, ///< more of it may come
        FaultRole, ///< in what it does not keep to the schema; empty: it does
    };

    enum Kind { Null, Boolean, Number, String, Array, Object, More };
    Q_ENUM(Kind)

    /// Rows that are shown; the last says that there are more.
    static constexpr int mostRows = 5000;
    /// So many characters at once are read in another thread.
    static constexpr qsizetype mostAtOnce = 1 << 16;

    explicit JsonTree(QObject *parent = nullptr);

    [[nodiscard]] QString text() const { return m_text; }

    void setText(const QString &text);

    [[nodiscard]] QList<AnswerFault> faults() const { return m_faults; }

    void setFaults(const QList<AnswerFault> &faults);

    [[nodiscard]] QString problem() const;

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void setFolded(int row, bool folded);
    /// The row of what holds this one; -1: nothing does.
    Q_INVOKABLE [[nodiscard]] int above(int row) const;

Q_SIGNALS:
    void textChanged();
    void faultsChanged();
    /// Rows are others now.
    void grown();

private:
    struct Row
    {
        QString pointer;
        QString key;
        QString value;
        QString fault;
        Kind kind = Null;
        int depth = 0;
        bool isItem = false;
        bool isContainer = false;
        bool isFolded = false;
        bool isOpen = false;

        friend bool operator==(const Row &, const Row &) = default;
    };

    void read();
    void show();
    void add(QList<Row> &rows, const JsonNode &node, Row row) const;
    [[nodiscard]] QString faultOf(const QString &pointer, bool isFolded) const;

    QString m_text;
    QList<AnswerFault> m_faults;
    QList<Row> m_rows;
    QSet<QString> m_folded; ///< pointers
    std::shared_ptr<PartialJson> m_parser; ///< another thread's while `m_isReading`
    qsizetype m_taken = 0; ///< of the text, by the parser
    bool m_isReading = false;
    QTimer m_soon;
};

} // namespace Lorikeet
