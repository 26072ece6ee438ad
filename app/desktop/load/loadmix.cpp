// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadmix.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

bool isSame(const MixChoice &first, const MixChoice &second)
{
    return first.model == second.model && first.adapter == second.adapter;
}

} // namespace

LoadMix::LoadMix(QObject *parent)
    : ListModel(parent)
    , m_exponent(new LoadNumber({.least = 0, .most = 10}, this))
{
    m_exponent->set(1);
    connect(m_exponent, &LoadNumber::changed, this, [this] { apply(m_rows); });
}

void LoadMix::setMode(int mode)
{
    if (m_mode == mode || mode < One || mode > RoundRobin) {
        return;
    }
    m_mode = mode;
    if (mode != One && chosen() == 0) {
        chooseAll(true);
    }
    apply(m_rows);
}

int LoadMix::chosen() const { return int(std::ranges::count_if(m_rows, &Row::isChosen)); }

QString LoadMix::problem() const
{
    if (m_mode == One) {
        return {};
    }
    if (chosen() == 0) {
        return tr("Choose at least one who is asked.");
    }
    if (m_mode == Zipf) {
        return m_exponent->problem();
    }
    for (const Row &row : m_rows) {
        bool isNumber = false;
        const double weight = row.weight.toDouble(&isNumber);
        if (m_mode == Weights && row.isChosen && (!isNumber || weight <= 0)) {
            return tr("The weight of %1 is a number above 0.").arg(row.choice.label());
        }
    }
    return {};
}

void LoadMix::setOffered(const QList<MixChoice> &choices)
{
    QList<Row> rows;
    const auto add = [&rows](const Row &row) {
        if (std::ranges::none_of(
                rows, [&row](const Row &other) { return isSame(other.choice, row.choice); })) {
            rows.append(row);
        }
    };
    for (const MixChoice &choice : choices) {
        const auto before = std::ranges::find_if(
            m_rows, [&choice](const Row &row) { return isSame(row.choice, choice); });
        add(before != m_rows.end() ? *before
                                   : Row{.choice = choice, .isChosen = false, .weight = u"1"_s});
    }
    for (const Row &row : std::as_const(m_rows)) {
        if (row.isChosen && m_mode != One) {
            add(row);
        }
    }
    apply(rows);
}

AdapterMix LoadMix::value() const
{
    AdapterMix mix;
    mix.mode = m_mode == Zipf  ? AdapterMix::Mode::Zipf
        : m_mode == RoundRobin ? AdapterMix::Mode::RoundRobin
                               : AdapterMix::Mode::Weights;
    mix.exponent = m_exponent->value().value_or(1);
    for (const Row &row : m_rows) {
        if (m_mode != One && row.isChosen) {
            MixChoice choice = row.choice;
            const double weight = row.weight.toDouble();
            choice.weight = weight > 0 ? weight : 1;
            mix.choices.append(choice);
        }
    }
    return mix;
}

void LoadMix::set(const AdapterMix &mix)
{
    QList<Row> rows = m_rows;
    for (Row &row : rows) {
        row.isChosen = false;
    }
    for (const MixChoice &choice : mix.choices) {
        const QString weight = QString::number(choice.weight, 'g', 6);
        const auto same = std::ranges::find_if(
            rows, [&choice](const Row &row) { return isSame(row.choice, choice); });
        if (same != rows.end()) {
            same->isChosen = true;
            same->weight = weight;
        } else {
            rows.append({.choice = choice, .isChosen = true, .weight = weight});
        }
    }
    m_mode = mix.choices.isEmpty()                 ? One
        : mix.mode == AdapterMix::Mode::Zipf       ? Zipf
        : mix.mode == AdapterMix::Mode::RoundRobin ? RoundRobin
                                                   : Weights;
    m_exponent->set(mix.exponent);
    apply(rows);
}

int LoadMix::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant LoadMix::data(const QModelIndex &index, int role) const
{
    static constexpr std::array fields{
        Field<Row>{NameRole, "name", [](const Row &row) { return QVariant(row.choice.label()); }},
        Field<Row>{ChosenRole, "chosen", [](const Row &row) { return QVariant(row.isChosen); }},
        Field<Row>{WeightRole, "weight", [](const Row &row) { return QVariant(row.weight); }},
        Field<Row>{ShareRole, "share", [](const Row &row) { return QVariant(row.share); }},
        Field<Row>{LookRole, "look", [](const Row &row) { return QVariant(row.look); }},
    };
    return valueAt<Row>(m_rows, fields, index, role);
}

QHash<int, QByteArray> LoadMix::roleNames() const
{
    return {{NameRole, "name"}, {ChosenRole, "chosen"}, {WeightRole, "weight"},
        {ShareRole, "share"}, {LookRole, "look"}};
}

void LoadMix::setChosen(int row, bool chosen)
{
    if (row >= 0 && row < m_rows.size() && m_rows[row].isChosen != chosen) {
        QList<Row> rows = m_rows;
        rows[row].isChosen = chosen;
        apply(rows);
    }
}

void LoadMix::setWeight(int row, const QString &weight)
{
    if (row >= 0 && row < m_rows.size() && m_rows[row].weight != weight) {
        QList<Row> rows = m_rows;
        rows[row].weight = weight;
        apply(rows);
    }
}

void LoadMix::chooseAll(bool chosen)
{
    QList<Row> rows = m_rows;
    for (Row &row : rows) {
        row.isChosen = chosen;
    }
    apply(rows);
}

void LoadMix::apply(QList<Row> rows)
{
    const QList<Row> before = m_rows;
    m_rows = rows; // what value() is of
    const QList<double> shares = value().shares();
    m_rows = before;
    int place = 0;
    for (Row &row : rows) {
        const bool isAsked = row.isChosen && m_mode != One && place < shares.size();
        row.share = isAsked ? shares[place] : 0;
        row.look = isAsked ? place++ : 0;
    }
    update(m_rows, rows, [](const Row &row) {
        return row.choice.label() + u'\n' + row.choice.model + u'\n' + row.choice.adapter.id;
    });
    Q_EMIT edited();
}

} // namespace Lorikeet
