// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "load/loadnumber.h"
#include "load/workload.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// Who is asked, of the base model and the adapters of a server, and how often each.
class LoadMix final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the load test")
    Q_PROPERTY(int mode READ mode WRITE setMode NOTIFY edited FINAL)
    /// Of Zipf's law.
    Q_PROPERTY(Lorikeet::LoadNumber *exponent MEMBER m_exponent CONSTANT FINAL)
    Q_PROPERTY(int count READ count NOTIFY edited FINAL)
    Q_PROPERTY(int chosen READ chosen NOTIFY edited FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY edited FINAL)

public:
    enum Mode {
        One, ///< the model and the adapter that are chosen for all
        Weights,
        Zipf,
        RoundRobin,
    };
    Q_ENUM(Mode)

    enum Role {
        NameRole = Qt::UserRole + 1,
        ChosenRole,
        WeightRole, ///< as text
        ShareRole, ///< 0 to 1
        LookRole, ///< the number of its colour
    };

    explicit LoadMix(QObject *parent);

    [[nodiscard]] int mode() const { return m_mode; }

    void setMode(int mode);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] int chosen() const;
    [[nodiscard]] QString problem() const;

    /// What the server has. Those that were chosen stay, whether it has them or not.
    void setOffered(const QList<MixChoice> &choices);
    [[nodiscard]] AdapterMix value() const;
    void set(const AdapterMix &mix);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void setChosen(int row, bool chosen);
    Q_INVOKABLE void setWeight(int row, const QString &weight);
    Q_INVOKABLE void chooseAll(bool chosen);

Q_SIGNALS:
    void edited();

private:
    struct Row
    {
        MixChoice choice;
        bool isChosen = false;
        QString weight;
        double share = 0;
        int look = 0;
        friend bool operator==(const Row &, const Row &) = default;
    };

    void apply(QList<Row> rows);

    int m_mode = One;
    LoadNumber *m_exponent;
    QList<Row> m_rows;
};

} // namespace Lorikeet
