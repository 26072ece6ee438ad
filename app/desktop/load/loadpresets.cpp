// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadpresets.h"

#include "load/loadsetup.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

LoadBlock users(double count, Nanoseconds duration)
{
    return {.kind = LoadBlock::Kind::Users, .duration = duration, .from = count, .to = count};
}

LoadBlock rate(double perSecond, Nanoseconds duration)
{
    return {
        .kind = LoadBlock::Kind::Rate, .duration = duration, .from = perSecond, .to = perSecond};
}

LoadWorkload synthetic(qint64 input, qint64 output)
{
    LoadWorkload workload;
    workload.lengths = {
        {.input = LengthDistribution::fixed(input), .output = LengthDistribution::fixed(output)}};
    return workload;
}

ServiceObjective objective(QStringView text)
{
    return serviceObjectiveFrom(text.toString()).value_or(ServiceObjective());
}

} // namespace

LoadPresets::LoadPresets(const QString &folder, LoadSetup &setup, QObject *parent)
    : ListModel(parent)
    , m_folder(folder)
    , m_setup(setup)
    , m_rows(builtIn())
{ }

QList<LoadPresets::Row> LoadPresets::builtIn()
{
    QList<Row> rows;
    const auto add
        = [&rows](const QString &name, const QString &detail, const LoadProfile &profile) {
              rows.append({.name = name, .detail = detail, .file = {}, .profile = profile});
          };
    LoadProfile smoke;
    smoke.workload = synthetic(64, 32);
    smoke.plan.curve = {users(1, 60s)};
    smoke.plan.stops.requests = 10;
    add(tr("Smoke"), tr("Ten short requests: does it answer at all?"), smoke);

    LoadProfile latency;
    latency.workload = synthetic(512, 128);
    latency.plan.curve = {users(1, 60s)};
    latency.plan.warmUp = 5s;
    latency.plan.objective = objective(u"ttft_p95=500ms,itl_p99=100ms");
    add(tr("Latency at low load"), tr("One user for a minute: how fast it is when nobody waits."),
        latency);

    LoadProfile steady;
    steady.workload = synthetic(512, 128);
    steady.plan.curve = {rate(4, 90s)};
    steady.plan.warmUp = 10s;
    steady.plan.coolDown = 5s;
    steady.plan.objective = objective(u"ttft_p95=1s,itl_p99=100ms,errors=1%");
    add(tr("Steady load"),
        tr("Requests by chance, four a second, whatever becomes of those before."), steady);

    LoadProfile limit;
    limit.workload = synthetic(512, 128);
    limit.plan.objective = objective(u"ttft_p95=1s,itl_p99=100ms");
    limit.plan.curve = steady.plan.curve;
    limit.sweep = SweepPlan{.most = 256, .repeats = usualRepeats};
    add(tr("Find the limit"), tr("More and more users until it is full, or breaks the objective."),
        limit);

    LoadProfile spike = steady;
    LoadBlock peak = rate(16, 15s);
    spike.plan.curve = {rate(2, 30s), peak, rate(2, 45s)};
    add(tr("Spike"), tr("Eight times the load for a quarter of a minute: does it recover?"), spike);

    LoadProfile adapters = steady;
    adapters.plan.curve = {rate(4, 60s)};
    // Whoever there is; see LoadSetup::mix().
    adapters.workload.mix.mode = AdapterMix::Mode::Zipf;
    add(tr("Several adapters"),
        tr("All adapters of the server, the first the most: what switching costs."), adapters);

    LoadProfile soak = steady;
    soak.plan.curve = {rate(2, 20min)};
    soak.plan.warmUp = 60s;
    soak.plan.stops.failures = 0.2;
    add(tr("Soak"), tr("Twenty minutes of steady load: does it stay as fast?"), soak);
    return rows;
}

int LoadPresets::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant LoadPresets::data(const QModelIndex &index, int role) const
{
    static constexpr std::array fields{
        Field<Row>{NameRole, "name", [](const Row &row) { return QVariant(row.name); }},
        Field<Row>{DetailRole, "detail", [](const Row &row) { return QVariant(row.detail); }},
        Field<Row>{OwnRole, "own", [](const Row &row) { return QVariant(!row.file.isEmpty()); }},
    };
    return valueAt<Row>(m_rows, fields, index, role);
}

QHash<int, QByteArray> LoadPresets::roleNames() const
{
    return {{NameRole, "name"}, {DetailRole, "detail"}, {OwnRole, "own"}};
}

void LoadPresets::refresh()
{
    QList<Row> rows = builtIn();
    QDir folder(m_folder);
    const QStringList files = folder.entryList({u"*.json"_s, u"*.toml"_s}, QDir::Files, QDir::Name);
    for (const QString &file : files) {
        const QString name = QUrl::fromPercentEncoding(file.section(u'.', 0, -2).toUtf8());
        rows.append(
            {.name = name, .detail = tr("saved"), .file = folder.filePath(file), .profile = {}});
    }
    update(m_rows, rows, [](const Row &row) { return row.name + u'\n' + row.file; });
    Q_EMIT changed();
}

void LoadPresets::use(int row)
{
    if (row < 0 || row >= m_rows.size()) {
        return;
    }
    const Row &wanted = m_rows[row];
    if (!wanted.file.isEmpty()) {
        const Result<LoadProfile> profile = loadProfileIn(wanted.file);
        if (profile) {
            m_setup.setProfile(*profile);
        } else {
            Q_EMIT failed(profile.error().message);
        }
        return;
    }
    m_setup.setProfile(wanted.profile);
    if (wanted.profile.workload.mix.mode == AdapterMix::Mode::Zipf) {
        m_setup.mix()->chooseAll(true);
        m_setup.mix()->setMode(LoadMix::Zipf);
    }
}

void LoadPresets::save(const QString &name) { save(name, m_setup.profile()); }

void LoadPresets::save(const QString &name, const LoadProfile &profile)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty()) {
        return;
    }
    if (!QDir().mkpath(m_folder)) {
        Q_EMIT failed(tr("The folder %1 cannot be made.").arg(m_folder));
        return;
    }
    const Row *taken = ownRow(trimmed);
    const QString file = taken
        ? taken->file
        : QDir(m_folder).filePath(
              QString::fromLatin1(QUrl::toPercentEncoding(trimmed, " ", ".")) + ".json"_L1);
    Undo undo;
    if (QFile before(file); taken && before.open(QIODevice::ReadOnly)) {
        undo = {.name = trimmed, .file = file, .content = before.readAll(), .isReplaced = true};
    }
    const Result<> written = writeProfile(presetOf(profile), file);
    if (!written) {
        Q_EMIT failed(written.error().message);
        return;
    }
    setUndo(undo);
    refresh();
}

QStringList LoadPresets::own() const
{
    QStringList names;
    for (const Row &row : m_rows) {
        if (!row.file.isEmpty()) {
            names.append(row.name);
        }
    }
    return names;
}

const LoadPresets::Row *LoadPresets::ownRow(const QString &name) const
{
    const auto row = std::ranges::find_if(
        m_rows, [&name](const Row &each) { return !each.file.isEmpty() && each.name == name; });
    return row == m_rows.end() ? nullptr : &*row;
}

bool LoadPresets::isTaken(const QString &name) const { return ownRow(name.trimmed()) != nullptr; }

void LoadPresets::remove(const QString &name)
{
    const Row *row = ownRow(name);
    if (!row) {
        return;
    }
    QFile file(row->file);
    const bool isRead = file.open(QIODevice::ReadOnly);
    const Undo undo{.name = name, .file = row->file, .content = file.readAll()};
    file.close();
    if (!isRead || !file.remove()) {
        Q_EMIT failed(tr("%1 cannot be removed: %2.").arg(file.fileName(), file.errorString()));
        return;
    }
    setUndo(undo);
    refresh();
}

void LoadPresets::undo()
{
    if (m_undo.name.isEmpty()) {
        return;
    }
    QSaveFile file(m_undo.file);
    if (!file.open(QIODevice::WriteOnly) || file.write(m_undo.content) != m_undo.content.size()
        || !file.commit()) {
        Q_EMIT failed(tr("%1 cannot be written: %2.").arg(file.fileName(), file.errorString()));
        return;
    }
    setUndo({});
    refresh();
}

void LoadPresets::forgetUndo() { setUndo({}); }

void LoadPresets::setUndo(const Undo &undo)
{
    m_undo = undo;
    Q_EMIT undoChanged();
}

} // namespace Lorikeet
