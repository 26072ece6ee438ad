// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grid/gridcontroller.h"

#include "comparecontroller.h"
#include "endpointlistmodel.h"
#include "grid/gridrow.h"
#include "grid/gridtable.h"
#include "structured/schemashelf.h"
#include "templates/promptlibrary.h"
#include "templates/shownturn.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

GridController::GridController(const QString &folder, const InClient &inClient,
    EndpointListModel &endpoints, CompareController &compare, PromptLibrary &prompts,
    SchemaShelf &schemas, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_inClient(inClient)
    , m_endpoints(endpoints)
    , m_compare(compare)
    , m_prompts(prompts)
    , m_schemas(schemas)
    , m_assertions([this](const QString &name) { return schemaText(name); }, nullptr)
    , m_cells(nullptr)
    , m_history(folder, nullptr)
{
    m_planning.setSingleShot(true);
    m_planning.setInterval(200ms);
    connect(&m_planning, &QTimer::timeout, this, &GridController::plan);
    m_summarizing.setSingleShot(true);
    m_summarizing.setInterval(1s);
    connect(&m_summarizing, &QTimer::timeout, this, &GridController::summarizeNow);
    connect(&m_assertions, &GridAssertions::edited, this, &GridController::planSoon);
    connect(&m_history, &GridHistory::failed, this, &GridController::failed);
    connect(&m_history, &GridHistory::removing, this, [this](QUuid id) {
        if (id == m_asked.id || id == m_checking) {
            startNew();
        }
    });
    connect(&compare, &CompareController::lanesChanged, this, [this] {
        Q_EMIT lanesChanged();
        planSoon();
    });
    connect(&prompts, &PromptLibrary::changed, this, [this] {
        if (m_record.prompt) {
            setTemplateName(templateName()); // its newest version
        }
    });
}

GridController::~GridController() = default;

void GridController::setSource(const QString &source)
{
    if (m_record.source != source) {
        m_record.source = source;
        m_record.sourceName.clear();
        Q_EMIT edited();
        planSoon();
    }
}

void GridController::read(const QUrl &file)
{
    QFile in(file.toLocalFile());
    if (!in.open(QIODevice::ReadOnly)) {
        Q_EMIT failed(tr("%1 cannot be read: %2.").arg(in.fileName(), in.errorString()));
        return;
    }
    m_record.source = QString::fromUtf8(in.readAll());
    m_record.sourceName = QFileInfo(in).fileName();
    Q_EMIT edited();
    plan();
}

void GridController::setTemplateName(const QString &name)
{
    const std::optional<StoredTemplate> stored = m_prompts.find(name);
    const std::optional<PromptTemplate> prompt
        = stored ? std::optional(stored->prompt) : std::nullopt;
    if (m_record.prompt != prompt) {
        m_record.prompt = prompt;
        m_record.promptVersion = stored ? std::optional(stored->version) : std::nullopt;
        Q_EMIT edited();
        planSoon();
    }
}

QString GridController::examplesNote() const
{
    if (!m_record.prompt) {
        return {};
    }
    return ShownTurn::note({.turns = examplesIn(rawMessages(*m_record.prompt)),
        .source = m_record.prompt->name,
        .version = m_record.promptVersion});
}

void GridController::setSamples(int samples)
{
    const int wanted = std::clamp(samples, 1, 1000);
    if (m_record.samples != wanted) {
        m_record.samples = wanted;
        Q_EMIT edited();
        planSoon();
    }
}

void GridController::setConcurrency(int concurrency)
{
    const int wanted = std::clamp(concurrency, 1, 1000);
    if (m_record.concurrency != wanted) {
        m_record.concurrency = wanted;
        Q_EMIT edited();
    }
}

void GridController::setSeed(const QString &seed)
{
    bool isNumber = false;
    const qint64 number = seed.trimmed().toLongLong(&isNumber);
    const std::optional<qint64> wanted = isNumber ? std::optional(number) : std::nullopt;
    if (m_record.seed != wanted) {
        m_record.seed = wanted;
        Q_EMIT edited();
        planSoon();
    }
}

QStringList GridController::laneNames() const
{
    QStringList names;
    for (const CompareLane *lane : m_compare.lanes()->lanes()) {
        names.append(u"%1 · %2"_s.arg(lane->letter(), lane->trueName()));
    }
    return names;
}

/// What is set up, with the lanes there are now.
GridRecord GridController::drafted() const
{
    GridRecord record = m_record;
    for (const CompareLane *lane : m_compare.lanes()->lanes()) {
        record.lanes.append({.name = lane->trueName(), .setup = lane->chat().setup()});
        record.lanes.last().setup.tools.reset(); // whose calls nobody is there to answer
    }
    addAssertionsTo(record);
    return record;
}

void GridController::addAssertionsTo(GridRecord &record) const
{
    record.assertions = m_assertions.specs();
    record.schemas.clear();
    for (const QString &spec : std::as_const(record.assertions)) {
        if (spec.startsWith("schema="_L1)) {
            const QString name = spec.sliced(7);
            record.schemas.insert(name, QString::fromUtf8(schemaText(name).value_or(QByteArray())));
        }
    }
}

Result<QByteArray> GridController::schemaText(const QString &name) const
{
    const Result<QByteArray> text = m_schemas.textOf(name);
    for (const GridRecord *record : {&m_asked, &m_record}) {
        if (const auto kept = record->schemas.constFind(name);
            !text && kept != record->schemas.constEnd()) {
            return kept->toUtf8();
        }
    }
    return text;
}

Result<GridController::Planned> GridController::planOf(const GridRecord &record)
{
    const Result<QList<QJsonObject>> table = tableOf(record);
    if (!table) {
        return Failure(table.error());
    }
    Planned planned;
    const auto schemaOf = [&record](const QString &schema) -> Result<QByteArray> {
        return record.schemas.value(schema).toUtf8();
    };
    for (const QString &spec : record.assertions) {
        Result<GridAssertion> assertion = assertionFromText(spec, schemaOf);
        if (!assertion) {
            return Failure(assertion.error());
        }
        planned.plan.assertions.append(*std::move(assertion));
    }
    const Result<QList<GridRow>> rows
        = gridRows(*table, record.prompt, {}, planned.plan.assertions);
    if (!rows) {
        return Failure(rows.error());
    }
    planned.plan.rows = *rows;
    planned.plan.samples = record.samples;
    planned.plan.seed = record.seed;
    for (const GridRecordLane &lane : record.lanes) {
        planned.plan.lanes.append({.name = lane.name, .target = {}, .request = {}});
    }
    planned.unused = unusedColumns(*table, record.prompt, planned.plan.assertions);
    return planned;
}

void GridController::planSoon()
{
    if (!isAsked()) {
        m_planning.start();
    }
}

void GridController::plan()
{
    m_planning.stop();
    if (isAsked()) {
        return;
    }
    m_problem.clear();
    m_note.clear();
    GridPlan shown;
    if (!m_record.source.trimmed().isEmpty()) {
        const QString wrong = m_assertions.problem();
        const Result<Planned> planned = planOf(drafted());
        if (!wrong.isEmpty()) {
            m_problem = wrong;
        } else if (!planned) {
            m_problem = planned.error().message;
        } else {
            shown = planned->plan;
            QStringList quoted;
            for (const QString &column : planned->unused) {
                quoted.append(tr("“%1”").arg(column));
            }
            QStringList notes;
            if (!quoted.isEmpty()) {
                notes.append(tr("Nothing uses %1.", "columns").arg(quoted.join(u", "_s)));
            }
            const QList<CompareLane *> lanes = m_compare.lanes()->lanes();
            if (std::ranges::any_of(
                    lanes, [](CompareLane *lane) { return lane->chat()->setup().activeTools(); })) {
                notes.append(tr("Lanes are asked without their tools: nobody answers calls here."));
            }
            m_note = notes.join(u' ');
        }
    }
    m_cells.setPlan(shown, {});
    Q_EMIT planned();
}

QString GridController::size() const
{
    const GridPlan &plan = m_cells.plan();
    return plan.rows.isEmpty() ? QString()
                               : tr("%1 × %2 × %3: %4", "rows, lanes, samples, requests")
                                     .arg(tr("%Ln row(s)", nullptr, int(plan.rows.size())),
                                         tr("%Ln lane(s)", nullptr, int(plan.lanes.size())),
                                         tr("%Ln sample(s)", nullptr, plan.samples),
                                         tr("%Ln request(s)", nullptr, int(plan.count())));
}

double GridController::progress() const
{
    const qint64 all = m_cells.plan().count();
    return all == 0 ? 0 : double(m_cells.results().size()) / double(all);
}

bool GridController::isResumable() const
{
    if (!isAsked() || isRunning() || !m_checking.isNull()) {
        return false;
    }
    const GridResults &results = m_cells.results();
    return results.size() < m_cells.plan().count()
        || std::ranges::any_of(
            results, [](const QJsonObject &line) { return line.contains("error"_L1); });
}

QString GridController::status() const
{
    const GridResults &results = m_cells.results();
    const auto broken = std::ranges::count_if(
        results, [](const QJsonObject &line) { return line.contains("error"_L1); });
    const QString answered = tr("%1 of %2 answered")
                                 .arg(QLocale().toString(results.size() - broken),
                                     QLocale().toString(m_cells.plan().count()));
    return broken == 0 ? answered
                       : tr("%1, %2 failed").arg(answered, QLocale().toString(qint64(broken)));
}

QList<GridAnswer> GridController::answers(int row) const
{
    return row < 0 ? QList<GridAnswer>() : answersOf(m_cells.plan(), m_cells.results(), row);
}

QString GridController::promptText(int row) const
{
    if (row < 0 || row >= m_cells.prompts()) {
        return {};
    }
    const QList<Message> &messages = m_cells.plan().rows.at(row).messages;
    const bool isTold = !examplesIn(messages).isEmpty(); // who says what
    QStringList texts;
    for (const Message &message : messages) {
        texts.append(isTold ? tr("%1: %2").arg(ShownTurn::nameOf(message.role), message.content)
                            : message.content);
    }
    return texts.join(u"\n\n"_s);
}

void GridController::compareRow(int row)
{
    if (isAsked() && row >= 0 && row < m_cells.prompts()) {
        const QString asked = m_cells.plan().rows.at(row).messages.constLast().content;
        m_compare.showSaid(titleFromPrompt(asked),
            conversationsOf(m_asked, m_cells.plan(), m_cells.results(), row));
    }
}

} // namespace Lorikeet
