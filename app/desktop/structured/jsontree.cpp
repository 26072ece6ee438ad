// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "structured/jsontree.h"

#include <QtConcurrentRun>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

constexpr qsizetype mostCharacters = 300; ///< of one value

JsonTree::Kind kindOf(const JsonNode &node)
{
    switch (node.kind) {
    case JsonNode::Kind::Null:
        return JsonTree::Null;
    case JsonNode::Kind::Boolean:
        return JsonTree::Boolean;
    case JsonNode::Kind::Number:
        return JsonTree::Number;
    case JsonNode::Kind::String:
        return JsonTree::String;
    case JsonNode::Kind::Array:
        return JsonTree::Array;
    case JsonNode::Kind::Object:
        return JsonTree::Object;
    }
    Q_UNREACHABLE_RETURN(JsonTree::Null);
}

QString valueOf(const JsonNode &node)
{
    const QString count = QString::number(node.items.size());
    return node.is(JsonNode::Kind::Object) ? u'{' + count + u'}'
        : node.is(JsonNode::Kind::Array)   ? u'[' + count + u']'
                                           : compactJson(node, mostCharacters);
}

} // namespace

JsonTree::JsonTree(QObject *parent)
    : QAbstractListModel(parent)
    , m_parser(std::make_shared<PartialJson>())
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    connect(&m_soon, &QTimer::timeout, this, &JsonTree::read);
}

void JsonTree::setText(const QString &text)
{
    if (m_text == text) {
        return;
    }
    if (m_taken > text.size()
        || QStringView(m_text).first(m_taken) != QStringView(text).first(m_taken)) {
        m_parser = std::make_shared<PartialJson>();
        m_taken = 0;
        m_isReading = false; // what another thread reads is nobody's any more
        m_folded.clear();
    }
    const bool isFirst = m_text.isEmpty();
    m_text = text;
    Q_EMIT textChanged();
    if (isFirst) {
        read();
    } else if (!m_soon.isActive()) {
        m_soon.start();
    }
}

void JsonTree::setFaults(const QList<AnswerFault> &faults)
{
    if (m_faults != faults) {
        m_faults = faults;
        Q_EMIT faultsChanged();
        show();
    }
}

QString JsonTree::problem() const
{
    const std::optional<JsonFault> &fault = m_parser->fault();
    return !m_isReading && fault
        ? tr("No JSON from line %1 on: %2.").arg(fault->line).arg(fault->message)
        : QString();
}

void JsonTree::read()
{
    if (m_isReading) {
        return; // what has come since is taken when that is done
    }
    const QString piece = m_text.sliced(m_taken);
    m_taken = m_text.size();
    if (piece.size() <= mostAtOnce) {
        m_parser->append(piece);
        show();
        return;
    }
    m_isReading = true;
    QtConcurrent::run([parser = m_parser, piece] {
        parser->append(piece);
    }).then(this, [this, parser = m_parser] {
        if (parser == m_parser) {
            m_isReading = false;
            read();
        }
    });
}

QString JsonTree::faultOf(const QString &pointer, bool isFolded) const
{
    QStringList words;
    for (const AnswerFault &fault : m_faults) {
        if (fault.path == pointer || (isFolded && fault.path.startsWith(pointer + u'/'))) {
            words.append(fault.path == pointer ? fault.words : fault.path + u' ' + fault.words);
        }
    }
    return words.join(u"; "_s);
}

void JsonTree::add(QList<Row> &rows, const JsonNode &node, Row row) const
{
    if (rows.size() >= mostRows) {
        return;
    }
    if (rows.size() == mostRows - 1) {
        Row more;
        more.pointer = u"more"_s; // no pointer begins so
        more.kind = More;
        more.value = tr("There is more; it is all in the text.");
        rows.append(more);
        return;
    }
    row.kind = kindOf(node);
    row.value = valueOf(node);
    row.isOpen = node.isOpen;
    row.isContainer = !node.items.empty();
    row.isFolded = row.isContainer && m_folded.contains(row.pointer);
    row.fault = faultOf(row.pointer, row.isFolded);
    rows.append(row);
    if (row.isFolded) {
        return;
    }
    const bool isObject = node.is(JsonNode::Kind::Object);
    for (size_t i = 0; i < node.items.size() && rows.size() < mostRows; ++i) {
        Row below;
        below.key = isObject ? node.keys[qsizetype(i)] : QString::number(i);
        below.pointer = row.pointer + u'/' + pointerPart(below.key);
        below.depth = row.depth + 1;
        below.isItem = !isObject;
        add(rows, node.items[i], below);
    }
}

void JsonTree::show()
{
    if (m_isReading) {
        return;
    }
    QList<Row> rows;
    if (const JsonNode *root = m_parser->root()) {
        add(rows, *root, {});
    }
    // What grows does so at its end; the rest of a tree stays where it is.
    qsizetype same = 0;
    while (
        same < rows.size() && same < m_rows.size() && rows[same].pointer == m_rows[same].pointer) {
        if (!(rows[same] == m_rows[same])) {
            m_rows[same] = rows[same];
            Q_EMIT dataChanged(index(int(same)), index(int(same)));
        }
        ++same;
    }
    // Of what was folded or unfolded the end stays too.
    qsizetype tail = 0;
    while (tail < rows.size() - same && tail < m_rows.size() - same
        && rows[rows.size() - 1 - tail] == m_rows[m_rows.size() - 1 - tail]) {
        ++tail;
    }
    if (same + tail < m_rows.size()) {
        beginRemoveRows({}, int(same), int(m_rows.size() - tail - 1));
        m_rows.remove(same, m_rows.size() - tail - same);
        endRemoveRows();
    }
    if (same + tail < rows.size()) {
        beginInsertRows({}, int(same), int(rows.size() - tail - 1));
        m_rows = rows;
        endInsertRows();
    }
    Q_EMIT grown();
}

int JsonTree::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant JsonTree::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[index.row()];
    switch (role) {
    case KeyRole:
        return row.key;
    case Qt::DisplayRole:
    case ValueRole:
        return row.value;
    case KindRole:
        return int(row.kind);
    case DepthRole:
        return row.depth;
    case ItemRole:
        return row.isItem;
    case ContainerRole:
        return row.isContainer;
    case FoldedRole:
        return row.isFolded;
    case OpenRole:
        return row.isOpen;
    case FaultRole:
        return row.fault;
    default:
        return {};
    }
}

QHash<int, QByteArray> JsonTree::roleNames() const
{
    return {{KeyRole, "key"}, {ValueRole, "value"}, {KindRole, "kind"}, {DepthRole, "depth"},
        {ItemRole, "item"}, {ContainerRole, "container"}, {FoldedRole, "folded"},
        {OpenRole, "open"}, {FaultRole, "fault"}};
}

void JsonTree::setFolded(int row, bool folded)
{
    if (row < 0 || row >= m_rows.size() || !m_rows[row].isContainer
        || m_rows[row].isFolded == folded) {
        return;
    }
    if (folded) {
        m_folded.insert(m_rows[row].pointer);
    } else {
        m_folded.remove(m_rows[row].pointer);
    }
    show();
}

int JsonTree::above(int row) const
{
    if (row < 0 || row >= m_rows.size()) {
        return -1;
    }
    int up = row - 1;
    while (up >= 0 && m_rows[up].depth >= m_rows[row].depth) {
        --up;
    }
    return up;
}

} // namespace Lorikeet
