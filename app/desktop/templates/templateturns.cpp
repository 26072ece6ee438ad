// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templateturns.h"

#include "templates/shownturn.h"

#include <algorithm>
#include <array>

namespace Lorikeet {

namespace {

constexpr std::array speakerRoles{Role::User, Role::Assistant, Role::System};

} // namespace

TemplateTurns::TemplateTurns(QObject *parent)
    : ListModel(parent)
{ }

QStringList TemplateTurns::speakers()
{
    QStringList names;
    for (const Lorikeet::Role role : speakerRoles) {
        names.append(ShownTurn::nameOf(role));
    }
    return names;
}

void TemplateTurns::setTurns(const QList<TemplateMessage> &turns)
{
    if (m_turns == turns) {
        return;
    }
    beginResetModel();
    m_turns = turns;
    endResetModel();
    Q_EMIT changed();
}

void TemplateTurns::tell()
{
    Q_EMIT changed();
    Q_EMIT edited();
}

int TemplateTurns::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant TemplateTurns::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const TemplateMessage &turn = m_turns[index.row()];
    switch (role) {
    case SpeakerRole:
        return int(std::ranges::find(speakerRoles, turn.role) - speakerRoles.begin());
    case Qt::DisplayRole:
    case TextRole:
        return turn.text;
    default:
        return {};
    }
}

QHash<int, QByteArray> TemplateTurns::roleNames() const
{
    return {{SpeakerRole, "speaker"}, {TextRole, "turnText"}};
}

void TemplateTurns::addPair()
{
    const int first = count();
    beginInsertRows({}, first, first + 1);
    m_turns.append({.role = Lorikeet::Role::User, .text = {}});
    m_turns.append({.role = Lorikeet::Role::Assistant, .text = {}});
    endInsertRows();
    tell();
    Q_EMIT wanted(first);
}

void TemplateTurns::setSpeaker(int row, int speaker)
{
    if (row < 0 || row >= count() || speaker < 0 || speaker >= int(speakerRoles.size())
        || m_turns[row].role == speakerRoles[size_t(speaker)]) {
        return;
    }
    m_turns[row].role = speakerRoles[size_t(speaker)];
    Q_EMIT dataChanged(index(row), index(row), {SpeakerRole});
    tell();
}

void TemplateTurns::setText(int row, const QString &text)
{
    if (row >= 0 && row < count() && m_turns[row].text != text) {
        m_turns[row].text = text;
        Q_EMIT dataChanged(index(row), index(row), {TextRole});
        tell();
    }
}

void TemplateTurns::move(int row, int by)
{
    const int to = std::clamp(row + by, 0, std::max(0, count() - 1));
    if (row < 0 || row >= count() || to == row) {
        return;
    }
    // Where a row is moved down, Qt counts the place it leaves.
    beginMoveRows({}, row, row, {}, to > row ? to + 1 : to);
    m_turns.move(row, to);
    endMoveRows();
    tell();
}

void TemplateTurns::remove(int row)
{
    if (row < 0 || row >= count()) {
        return;
    }
    beginRemoveRows({}, row, row);
    m_turns.removeAt(row);
    endRemoveRows();
    tell();
    Q_EMIT wanted(std::min(row, count() - 1));
}

} // namespace Lorikeet
