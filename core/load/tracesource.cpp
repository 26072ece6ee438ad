// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/invalidrequest.h"
#include "load/promptsource.h"
#include "load/syntheticprompt.h"

#include <QDateTime>
#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// One request of a trace.
struct TraceRow
{
    double time = 0; ///< ns, from any origin
    qint64 input = 0;
    qint64 output = 0;
    QJsonArray blocks; ///< what its prompt consists of; may be empty
};

// What traces call these, without case, blanks and underlines.
constexpr std::array timeNames{"timestamp"_L1, "arrivaltime"_L1, "arrivedat"_L1, "time"_L1};
constexpr std::array inputNames{"inputlength"_L1, "inputtokens"_L1, "prompttokens"_L1,
    "requesttokens"_L1, "contexttokens"_L1, "promptlength"_L1};
constexpr std::array outputNames{"outputlength"_L1, "outputtokens"_L1, "completiontokens"_L1,
    "responsetokens"_L1, "generatedtokens"_L1};

template<size_t N>
QJsonValue valueOf(const QJsonObject &row, const std::array<QLatin1StringView, N> &names)
{
    for (auto it = row.begin(); it != row.end(); ++it) {
        QString name = it.key().toLower();
        name.remove(u'_').remove(u' ');
        if (std::ranges::find(names, name) != names.end()) {
            return it.value();
        }
    }
    return QJsonValue::Undefined;
}

/// A number, also where a table has it as text.
std::optional<double> numberOf(const QJsonValue &value)
{
    bool isNumber = value.isDouble();
    const double number
        = isNumber ? value.toDouble() : value.toString().trimmed().toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

/// In nanoseconds: a number of units, or a date and time.
std::optional<double> timeOf(const QJsonValue &value, Nanoseconds unit)
{
    if (const std::optional<double> number = numberOf(value)) {
        return *number * double(unit.count());
    }
    QString text = value.toString().trimmed();
    if (text.size() > 10 && text.at(10) == u' ') {
        text[10] = u'T';
    }
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (time.isValid() && time.timeSpec() == Qt::LocalTime) {
        // Only differences matter, and a zone of ours would have an hour too many or too few.
        time = QDateTime::fromString(text + u'Z', Qt::ISODateWithMs);
    }
    return time.isValid() ? std::optional(double(time.toMSecsSinceEpoch()) * 1e6) : std::nullopt;
}

Result<qint64> lengthOf(const QJsonValue &value, const QString &what)
{
    constexpr double most = 10'000'000;
    const std::optional<double> number = numberOf(value);
    if (!number || *number < 0 || *number > most) {
        return invalidRequest(value.isUndefined()
                ? u"there is no length of the %1 (“%2_length”)."_s.arg(
                      what, what == "prompt"_L1 ? u"input"_s : u"output"_s)
                : u"the length of the %1 is no number of tokens."_s.arg(what));
    }
    return std::max<qint64>(1, std::llround(*number)); // nothing can be neither asked nor answered
}

Result<TraceRow> traceRow(const QJsonObject &object, Nanoseconds unit)
{
    const std::optional<double> time = timeOf(valueOf(object, timeNames), unit);
    if (!time) {
        return invalidRequest(u"there is no “timestamp” that is a number or a date."_s);
    }
    const Result<qint64> input = lengthOf(valueOf(object, inputNames), u"prompt"_s);
    if (!input) {
        return Failure(input.error());
    }
    const Result<qint64> output = lengthOf(valueOf(object, outputNames), u"answer"_s);
    if (!output) {
        return Failure(output.error());
    }
    return TraceRow{.time = *time,
        .input = *input,
        .output = *output,
        .blocks = object.value(u"hash_ids"_s).toArray()};
}

/// What a block is known by.
qint64 blockId(const QJsonValue &value)
{
    return value.isDouble() ? value.toInteger() : qint64(stableHash(value.toString().toUtf8()));
}

/// Requests at the times and with the lengths of a trace. One a conversation, in the order of their
/// times.
class TraceSource final : public PromptSource
{
public:
    TraceSource(const LoadWorkload &workload, quint64 seed, const TokenCalibration &calibration,
        const ParameterSpecs &specs, std::unique_ptr<RecordFile> file)
        : PromptSource(workload, seed, calibration, specs)
        , m_file(std::move(file))
    { }

    /// Reads all times.
    [[nodiscard]] Result<> index()
    {
        m_arrivals.reserve(size_t(m_file->count()));
        for (qint64 record = 0; record < m_file->count(); ++record) {
            const Result<TraceRow> row = rowOf(record);
            if (!row) {
                return Failure(row.error());
            }
            m_arrivals.push_back({.time = row->time, .record = record});
        }
        std::ranges::stable_sort(m_arrivals, {}, &Arrival::time);
        const double origin = m_arrivals.front().time;
        for (Arrival &arrival : m_arrivals) {
            arrival.time = (arrival.time - origin) / workload().speed;
        }
        // The next round begins as much later as one follows the other on average.
        const double last = m_arrivals.back().time;
        const auto gaps = double(m_arrivals.size() - 1);
        m_round = last > 0 ? last + last / gaps : 1e9;
        return {};
    }

    [[nodiscard]] std::optional<qint64> count() const override
    {
        return workload().cycles ? std::nullopt : std::optional(m_file->count());
    }

    [[nodiscard]] std::optional<Nanoseconds> beginning(qint64 conversation) const override
    {
        if (conversation < 0 || (!workload().cycles && conversation >= m_file->count())) {
            return std::nullopt;
        }
        const qint64 round = conversation / m_file->count();
        const double time = m_arrivals[size_t(conversation % m_file->count())].time;
        return Nanoseconds(std::llround(double(round) * m_round + time));
    }

protected:
    /// Where it is one block of several, the others go on asking.
    [[nodiscard]] bool has(qint64 /*conversation*/) const override { return true; }

    [[nodiscard]] Result<OwnPrompt> own(qint64 conversation, int /*turn*/) const override
    {
        const size_t place = size_t(conversation % m_file->count());
        const Result<TraceRow> row = rowOf(m_arrivals[place].record);
        if (!row) {
            return Failure(row.error());
        }
        OwnPrompt own{.request = common(), .inputTokens = row->input, .outputTokens = row->output};
        own.request.messages.append({.role = Role::User, .content = text(*row, conversation)});
        return own;
    }

private:
    struct Arrival
    {
        double time; ///< ns since the first
        qint64 record;
    };

    [[nodiscard]] Result<TraceRow> rowOf(qint64 record) const
    {
        const Result<QJsonObject> object = m_file->object(record);
        if (!object) {
            return Failure(object.error());
        }
        Result<TraceRow> row = traceRow(*object, workload().timeUnit);
        return row ? row : m_file->problem(record, row.error().message);
    }

    /// The blocks, each of which is the same text in all prompts of a round that have it, and then
    /// what no other has.
    [[nodiscard]] QString text(const TraceRow &row, qint64 conversation) const
    {
        const qint64 round = conversation / m_file->count();
        double left = calibration().textTokens(double(row.input));
        QString text;
        for (const QJsonValue &block : row.blocks) {
            const double wanted = std::min(left, double(workload().blockTokens));
            if (wanted < calibration().tokensPerWord / 2) {
                break;
            }
            left -= SyntheticText(key(Draw::PrefixText, blockId(block), round))
                        .append(text, wanted, calibration());
        }
        if (text.isEmpty() || left >= calibration().tokensPerWord / 2) {
            SyntheticText(key(Draw::Text, conversation)).append(text, left, calibration());
        }
        return text;
    }

    std::unique_ptr<RecordFile> m_file;
    std::vector<Arrival> m_arrivals;
    double m_round = 0; ///< ns from one round to the next
};

} // namespace

SourceResult makeTraceSource(const LoadWorkload &workload, quint64 seed,
    const TokenCalibration &calibration, const ParameterSpecs &specs)
{
    Result<std::unique_ptr<RecordFile>> file = RecordFile::open(workload.file);
    if (!file) {
        return Failure(file.error());
    }
    auto source
        = std::make_shared<TraceSource>(workload, seed, calibration, specs, *std::move(file));
    if (const Result<> indexed = source->index(); !indexed) {
        return Failure(indexed.error());
    }
    return source;
}

} // namespace Lorikeet
