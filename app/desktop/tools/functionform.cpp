// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/functionform.h"

#include "schema/jsonplaces.h"
#include "schema/partialjson.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

bool isAt(const QString &pointer, const QString &place)
{
    return pointer == place || pointer.startsWith(place + u'/');
}

/// The functions as they are written.
QStringList textsOf(const QString &text, const QList<FunctionOutline> &functions)
{
    QStringList texts;
    for (const FunctionOutline &function : functions) {
        const auto place = placeOf(text, function.item);
        texts.append(place ? text.sliced(place->begin, place->end - place->begin) : QString());
    }
    return texts;
}

} // namespace

FunctionForm::FunctionForm(QObject *parent)
    : ListModel(parent)
    , m_history(std::make_shared<TextHistory>())
    , m_parameters(new SchemaForm(this, m_history))
{
    connect(m_parameters, &SchemaForm::edited, this, &FunctionForm::takeArguments);
}

const FunctionOutline &FunctionForm::now() const
{
    static const FunctionOutline none;
    return m_current >= 0 && m_current < m_rows.size() ? m_rows[m_current] : none;
}

void FunctionForm::setShown(bool shown)
{
    if (m_isShown != shown) {
        m_isShown = shown;
        look();
        tell();
    }
}

int FunctionForm::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant FunctionForm::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const FunctionOutline &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return row.name;
    case DescriptionRole:
        return row.description;
    case FaultyRole:
        return !faultIn(row.item, true).isEmpty();
    default:
        return {};
    }
}

QHash<int, QByteArray> FunctionForm::roleNames() const
{
    return {{NameRole, "name"}, {DescriptionRole, "description"}, {FaultyRole, "faulty"}};
}

QString FunctionForm::others() const { return now().others.join(u" · "_s); }

QString FunctionForm::faultIn(const QString &pointer, bool isBelow) const
{
    const auto found = std::ranges::find_if(m_faults, [&](const TextProblem &fault) {
        return isBelow ? isAt(fault.pointer, pointer) : fault.pointer == pointer;
    });
    return found == m_faults.end() ? QString() : found->sentence;
}

QString FunctionForm::nameProblem() const
{
    return m_current < 0 ? QString() : faultIn(now().function + "/name"_L1, false);
}

QString FunctionForm::otherProblem() const
{
    if (m_current < 0 || !m_refusal.isEmpty()) {
        return m_refusal;
    }
    const auto found = std::ranges::find_if(m_faults, [this](const TextProblem &fault) {
        return isAt(fault.pointer, now().item) && fault.pointer != now().function + "/name"_L1
            && !(now().hasParameters && isAt(fault.pointer, now().parameters));
    });
    return found == m_faults.end() ? QString() : found->sentence;
}

void FunctionForm::setCurrent(int row)
{
    const int wanted = std::clamp(row, std::min(0, count() - 1), count() - 1);
    if (wanted != m_current) {
        m_current = wanted;
        m_refusal.clear();
        tell();
        Q_EMIT functionWanted(false);
    }
}

void FunctionForm::start(const QString &text)
{
    m_text = text;
    m_isStale = true;
    m_history->clear();
    m_faults.clear();
    m_refusal.clear();
    m_current = std::min(0, count() - 1);
    m_parameters->unfold();
    look();
    tell();
    Q_EMIT functionWanted(false);
}

void FunctionForm::setText(const QString &text)
{
    if (m_text == text) {
        return;
    }
    m_text = text;
    m_isStale = true;
    m_history->clear(); // what was written elsewhere is not undone here
    m_refusal.clear();
    look();
    tell();
}

void FunctionForm::setFaults(const QList<TextProblem> &faults)
{
    if (m_faults == faults) {
        return;
    }
    m_faults = faults;
    if (!m_rows.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1), {FaultyRole});
    }
    tell();
}

void FunctionForm::look()
{
    if (!m_isShown || !std::exchange(m_isStale, false)) {
        return;
    }
    m_problem.clear();
    QList<FunctionOutline> functions;
    if (m_text.size() > SchemaForm::mostCharacters) {
        m_problem = tr("The tools are too long for a form. They can be written as text.");
        show({});
        return;
    }
    PartialJson parser;
    parser.append(m_text);
    parser.finish();
    if (m_text.trimmed().isEmpty()) {
        // Nothing yet, to which functions can be added.
    } else if (const std::optional<JsonFault> &fault = parser.fault()) {
        m_problem = tr("This is no JSON yet: %1, in line %2. Mend it in the text.")
                        .arg(fault->message)
                        .arg(fault->line);
    } else if (!parser.duplicates().isEmpty()) {
        m_problem
            = tr("%1 is there twice. Mend it in the text.").arg(parser.duplicates().constFirst());
    } else if (const auto read = functionsOf(*parser.root())) {
        functions = *read;
    } else {
        m_problem = read.error().message;
    }
    show(functions);
}

void FunctionForm::show(const QList<FunctionOutline> &functions)
{
    update(m_rows, functions, [](const FunctionOutline &row) { return row.item; });
    m_current = std::clamp(m_current, std::min(0, count() - 1), count() - 1);
}

/// All that hangs on the function that is looked at.
void FunctionForm::tell()
{
    const bool hasForm = m_isShown && m_current >= 0 && now().hasParameters;
    if (hasForm) {
        m_parameters->follow(m_text, now().parameters);
        const auto fault = std::ranges::find_if(m_faults,
            [this](const TextProblem &each) { return isAt(each.pointer, now().parameters); });
        m_parameters->setFault(fault == m_faults.end() ? QString() : fault->pointer,
            fault == m_faults.end() ? QString() : fault->sentence);
    }
    m_parameters->setShown(hasForm);
    Q_EMIT stateChanged();
}

bool FunctionForm::apply(const Result<QString> &text, const QString &what)
{
    m_refusal = text ? QString() : text.error().message;
    if (text && *text != m_text) {
        m_history->add(m_text, what);
        m_text = *text;
        m_isStale = true;
        look();
        Q_EMIT edited(m_text);
    }
    tell();
    return text.has_value();
}

void FunctionForm::takeArguments(const QString &text)
{
    m_text = text;
    m_isStale = true;
    look();
    Q_EMIT edited(m_text);
    tell();
}

void FunctionForm::setName(const QString &name)
{
    apply(setFunctionName(m_text, m_current, name), u"name %1"_s.arg(m_current));
}

void FunctionForm::setDescription(const QString &description)
{
    apply(
        setFunctionDescription(m_text, m_current, description), u"description %1"_s.arg(m_current));
}

void FunctionForm::setStrict(bool strict)
{
    apply(setFunctionStrict(m_text, m_current, strict), {});
}

void FunctionForm::addParameters() { apply(addFunctionParameters(m_text, m_current), {}); }

void FunctionForm::add()
{
    const int place = m_current + 1;
    if (apply(addFunction(m_text, place), {})) {
        m_current = place;
        tell();
        Q_EMIT functionWanted(true);
    }
}

void FunctionForm::duplicate()
{
    if (m_current >= 0 && apply(duplicateFunction(m_text, m_current), {})) {
        ++m_current;
        tell();
        Q_EMIT functionWanted(true);
    }
}

void FunctionForm::remove()
{
    if (m_current >= 0 && apply(removeFunction(m_text, m_current), {})) {
        m_parameters->unfold(); // another one is in its place
        tell();
        Q_EMIT functionWanted(false);
    }
}

void FunctionForm::move(int by)
{
    const int to = std::clamp(m_current + by, 0, std::max(0, count() - 1));
    if (apply(moveFunction(m_text, m_current, by), {}) && to != m_current) {
        m_current = to;
        tell();
    }
}

void FunctionForm::undo()
{
    if (m_history->isEmpty()) {
        return;
    }
    const QStringList before = textsOf(m_text, m_rows);
    m_text = m_history->takeLast();
    m_isStale = true;
    m_refusal.clear();
    look();
    // To be seen is what came back.
    const QStringList back = textsOf(m_text, m_rows);
    const auto [was, is] = std::ranges::mismatch(before, back);
    if (is != back.end() || was != before.end()) {
        m_current = std::min(int(is - back.begin()), count() - 1);
    }
    Q_EMIT edited(m_text);
    tell();
    Q_EMIT functionWanted(false);
}

} // namespace Lorikeet
