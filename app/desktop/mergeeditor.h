// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "model/adapter.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class AdapterPicker;

/// The form in which several adapters are put together that LoRAX merges for a request. It refuses
/// what would not merely fail at the server but end its process.
class MergeEditor final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    Q_PROPERTY(QStringList strategies READ strategies CONSTANT FINAL)
    Q_PROPERTY(QStringList signMethods READ signMethods CONSTANT FINAL)
    Q_PROPERTY(int strategy READ strategy WRITE setStrategy NOTIFY changed FINAL)
    Q_PROPERTY(int signMethod READ signMethod WRITE setSignMethod NOTIFY changed FINAL)
    /// As typed.
    Q_PROPERTY(QString density READ density WRITE setDensity NOTIFY changed FINAL)
    /// All of them come from there.
    Q_PROPERTY(QString source READ source WRITE setSource NOTIFY changed FINAL)
    /// What the chosen strategy makes of the adapters, in a sentence.
    Q_PROPERTY(QString help READ help NOTIFY changed FINAL)
    Q_PROPERTY(bool densityUsed READ isDensityUsed NOTIFY changed FINAL)
    Q_PROPERTY(bool signMethodUsed READ isSignMethodUsed NOTIFY changed FINAL)
    /// Why it cannot be used as it is; empty: it can.
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        WeightRole, ///< as typed
    };

    /// `picker` must outlive this.
    explicit MergeEditor(AdapterPicker &picker, QObject *parent = nullptr);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] QStringList strategies() const;
    [[nodiscard]] QStringList signMethods() const;

    [[nodiscard]] int strategy() const { return m_strategy; }

    void setStrategy(int index);

    [[nodiscard]] int signMethod() const { return m_signMethod; }

    void setSignMethod(int index);

    [[nodiscard]] QString density() const { return m_density; }

    void setDensity(const QString &text);

    [[nodiscard]] QString source() const { return m_source; }

    void setSource(const QString &source);
    [[nodiscard]] QString help() const;
    [[nodiscard]] bool isDensityUsed() const;
    [[nodiscard]] bool isSignMethodUsed() const;
    [[nodiscard]] QString problem() const;

    /// What would be sent; of a number that is none, 0.
    [[nodiscard]] MergedAdapters merged() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Shows what is chosen, or, where that is no merge, two rows to begin with.
    Q_INVOKABLE void start();
    Q_INVOKABLE void add();
    Q_INVOKABLE void dropRow(int row);
    Q_INVOKABLE void setId(int row, const QString &id);
    Q_INVOKABLE void setWeight(int row, const QString &text);
    /// Chooses the merge, unless there is a problem with it.
    Q_INVOKABLE void apply();

Q_SIGNALS:
    void changed();

private:
    struct Row
    {
        QString id;
        QString weight;
    };

    AdapterPicker &m_picker;
    QList<Row> m_rows;
    int m_strategy = 0;
    int m_signMethod = 0;
    QString m_density;
    QString m_source;
};

} // namespace Lorikeet
