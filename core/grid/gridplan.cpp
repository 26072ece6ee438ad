// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grid/gridplan.h"

#include "base/invalidrequest.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// What is asked where there is no template: the columns themselves.
PromptTemplate plainPrompt(const QList<QJsonObject> &table)
{
    PromptTemplate prompt{.name = u"The table"_s};
    const bool hasSystem = std::ranges::any_of(
        table, [](const QJsonObject &row) { return row.contains("system"_L1); });
    if (hasSystem) {
        prompt.messages.append({.role = Role::System, .text = u"{{ system | default('') }}"_s});
    }
    prompt.messages.append({.role = Role::User, .text = u"{{ prompt }}"_s});
    return prompt;
}

Result<GridRow> rowOf(const QJsonObject &values, const PromptTemplate &prompt,
    const QList<VariableField> &fields, const QList<GridAssertion> &assertions)
{
    GridRow row;
    const Result<QJsonObject> own = valuesFromRow(fields, values);
    const Result<RenderedPrompt> rendered = own ? render(prompt, *own) : Failure(own.error());
    if (!rendered) {
        return Failure(rendered.error());
    }
    row.messages = rendered->messages;
    row.parameters = rendered->parameters;
    for (const GridAssertion &assertion : assertions) {
        const Result<QString> expected = expectedOf(assertion, values);
        if (!expected) {
            return Failure(expected.error());
        }
        row.expected.append(*expected);
    }
    const QJsonValue id = values[u"id"_s];
    row.id = id.isDouble() ? QString::number(id.toInteger()) : id.toString();
    return row;
}

} // namespace

GridCell GridPlan::cell(qint64 index) const
{
    return {.row = index / (lanes.size() * samples),
        .lane = index / samples % lanes.size(),
        .sample = int(index % samples)};
}

qint64 GridPlan::index(const GridCell &cell) const
{
    return (((cell.row * lanes.size()) + cell.lane) * samples) + cell.sample;
}

BatchItem GridPlan::item(const GridCell &cell) const
{
    const GridRow &row = rows.at(cell.row);
    Lane lane = lanes.at(cell.lane);
    for (const auto &[name, value] : row.parameters.asKeyValueRange()) {
        if (!lane.request.parameters.contains(name)) {
            lane.request.parameters.insert(name, value);
        }
    }
    if (seed) {
        QList<Lane> one{lane};
        alignSeeds(one, *seed + cell.sample);
        lane = one.constFirst();
    }
    const QList<Message> own = lane.request.messages;
    lane.request.messages = row.messages;
    replaceSetting(lane.request.messages, own);
    lane.request.diverged = !examplesIn(lane.request.messages).isEmpty();
    const QByteArray asked = requestKey(lane.request) + '\n'
        + lane.target.endpoint.url.toString(QUrl::FullyEncoded).toUtf8() + '\n'
        + lane.target.endpoint.unixSocket.toUtf8() + '\n' + QByteArray::number(cell.sample);
    return {.index = index(cell),
        .id = row.id,
        .request = lane.request,
        .key = QCryptographicHash::hash(asked, QCryptographicHash::Sha256).first(8).toHex()};
}

Result<QList<GridRow>> gridRows(const QList<QJsonObject> &table,
    const std::optional<PromptTemplate> &prompt, const QJsonObject &common,
    const QList<GridAssertion> &assertions)
{
    const PromptTemplate asked = prompt ? *prompt : plainPrompt(table);
    const Result<QList<VariableField>> fields = fieldsOf(asked);
    if (!fields) {
        return Failure(fields.error());
    }
    QList<GridRow> rows;
    for (qsizetype i = 0; i < table.size(); ++i) {
        QJsonObject values = common;
        for (auto it = table.at(i).begin(); it != table.at(i).end(); ++it) {
            values.insert(it.key(), it.value());
        }
        Result<GridRow> row = rowOf(values, asked, *fields, assertions);
        if (!row) {
            return invalidRequest(u"Row %1: %2"_s.arg(QString::number(i + 1), row.error().message));
        }
        row->id = row->id.isEmpty() ? QString::number(i + 1) : row->id;
        rows.append(*row);
    }
    return rows;
}

QStringList unusedColumns(const QList<QJsonObject> &table,
    const std::optional<PromptTemplate> &prompt, const QList<GridAssertion> &assertions)
{
    QStringList known{u"id"_s};
    const auto fields = fieldsOf(prompt ? *prompt : plainPrompt(table));
    for (const VariableField &field : fields.value_or(QList<VariableField>())) {
        known.append(field.variable.name);
    }
    for (const GridAssertion &assertion : assertions) {
        known += columnsOf(assertion).value_or(QStringList());
    }
    QStringList unused;
    for (const QJsonObject &row : table) {
        for (const QString &name : row.keys()) {
            if (!known.contains(name) && !unused.contains(name)) {
                unused.append(name);
            }
        }
    }
    return unused;
}

} // namespace Lorikeet
