// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "metrics/exposition.h"

#include <QHash>

#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// What follows up to a space, taken off `rest` with the spaces behind it.
QByteArrayView takeWord(QByteArrayView &rest)
{
    qsizetype end = 0;
    while (end < rest.size() && rest[end] != ' ' && rest[end] != '\t') {
        ++end;
    }
    const QByteArrayView word = rest.first(end);
    rest = rest.sliced(end).trimmed();
    return word;
}

QString unescaped(QByteArrayView text)
{
    QByteArray plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            ++i;
            plain += text[i] == 'n' ? '\n' : text[i];
        } else {
            plain += text[i];
        }
    }
    return QString::fromUtf8(plain);
}

std::optional<double> numberOf(QByteArrayView word)
{
    const QByteArray text = word.toByteArray().toLower();
    if (text == "nan") {
        return std::numeric_limits<double>::quiet_NaN();
    }
    if (text == "+inf" || text == "inf" || text == "-inf") {
        const double infinity = std::numeric_limits<double>::infinity();
        return text.startsWith('-') ? -infinity : infinity;
    }
    bool ok = false;
    const double number = text.toDouble(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

/// `a="b",c="d"` up to the brace that closes it, taken off `rest` with the brace.
std::optional<QList<std::pair<QString, QString>>> takeLabels(QByteArrayView &rest)
{
    QList<std::pair<QString, QString>> labels;
    for (;;) {
        rest = rest.trimmed();
        if (rest.startsWith('}')) {
            rest = rest.sliced(1).trimmed();
            return labels;
        }
        const qsizetype equals = rest.indexOf("=\"");
        if (equals <= 0) {
            return std::nullopt;
        }
        const QString name = QString::fromUtf8(rest.first(equals).trimmed());
        qsizetype end = equals + 2;
        while (end < rest.size() && rest[end] != '"') {
            end += rest[end] == '\\' ? 2 : 1;
        }
        if (end >= rest.size()) {
            return std::nullopt;
        }
        labels.append({name, unescaped(rest.sliced(equals + 2, end - equals - 2))});
        rest = rest.sliced(end + 1).trimmed();
        if (rest.startsWith(',')) {
            rest = rest.sliced(1);
        }
    }
}

std::optional<MetricSample> readSample(QByteArrayView line)
{
    qsizetype end = 0;
    while (end < line.size() && line[end] != ' ' && line[end] != '\t' && line[end] != '{') {
        ++end;
    }
    MetricSample sample{.name = QString::fromUtf8(line.first(end)), .labels = {}};
    QByteArrayView rest = line.sliced(end).trimmed();
    if (rest.startsWith('{')) {
        rest = rest.sliced(1);
        auto labels = takeLabels(rest);
        if (!labels) {
            return std::nullopt;
        }
        sample.labels = std::move(*labels);
    }
    const std::optional<double> value = numberOf(takeWord(rest));
    if (sample.name.isEmpty() || !value) {
        return std::nullopt;
    }
    sample.value = *value;
    return sample;
}

/// Families by their names, in the order of the text.
class Families final
{
public:
    [[nodiscard]] MetricFamily &named(const QString &name)
    {
        const auto place = m_places.constFind(name);
        if (place != m_places.constEnd()) {
            return m_list[*place];
        }
        m_places.insert(name, m_list.size());
        m_list.append({.name = name, .type = u"untyped"_s, .help = {}, .samples = {}});
        return m_list.last();
    }

    void add(const MetricSample &sample)
    {
        QString name = sample.name;
        if (!m_places.contains(name)) {
            for (const QLatin1StringView end :
                {"_bucket"_L1, "_sum"_L1, "_count"_L1, "_total"_L1, "_created"_L1}) {
                if (name.endsWith(end) && m_places.contains(name.chopped(end.size()))) {
                    name.chop(end.size());
                    break;
                }
            }
        }
        named(name).samples.append(sample);
    }

    [[nodiscard]] QList<MetricFamily> take() { return std::move(m_list); }

private:
    QHash<QString, qsizetype> m_places;
    QList<MetricFamily> m_list;
};

} // namespace

std::optional<QList<MetricFamily>> readExposition(QByteArrayView text)
{
    Families families;
    qsizetype from = 0;
    while (from < text.size()) {
        const qsizetype found = text.indexOf('\n', from);
        const qsizetype end = found < 0 ? text.size() : found;
        QByteArrayView line = text.sliced(from, end - from).trimmed();
        from = end + 1;
        if (line.isEmpty()) {
            continue;
        }
        if (line.startsWith('#')) {
            line = line.sliced(1).trimmed();
            const QByteArrayView what = takeWord(line);
            if (what == "TYPE" || what == "HELP") {
                MetricFamily &family = families.named(QString::fromUtf8(takeWord(line)));
                (what == "TYPE" ? family.type : family.help) = unescaped(line);
            }
            continue;
        }
        const std::optional<MetricSample> sample = readSample(line);
        if (!sample) {
            return std::nullopt;
        }
        families.add(*sample);
    }
    return families.take();
}

} // namespace Lorikeet
