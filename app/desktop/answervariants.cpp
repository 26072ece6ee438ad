// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "answervariants.h"

#include "providers/provider.h"
#include "providers/registry.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr double temperatureStep = 0.2;
constexpr double usualTemperature = 1; ///< of servers that do not tell theirs
constexpr qsizetype mostOfAKind = 8;

class Variants final
{
    Q_DECLARE_TR_FUNCTIONS(AnswerVariants)

public:
    Variants(const ChatNode &answer, const ChatSetup &present)
        : m_answer(answer)
        , m_present(present)
    { }

    void asAsked()
    {
        const ChatSetup &asked = m_answer.origin.setup;
        // The token is never kept with an answer, and tells nothing about it.
        ChatSetup now = m_present;
        now.adapter.token = asked.adapter.token;
        if (asked.endpoint == m_present.endpoint && !(asked == now)) {
            add(tr("As it was asked"), m_answer.origin.adapterLabel(), asked);
        }
    }

    void temperatures(const ParameterSpecs &specs)
    {
        const ParameterSpec *spec = findParameter(specs, u"temperature");
        if (!spec || spec->fate != ParameterSpec::Fate::Honoured) {
            return;
        }
        const double now = m_present.parameters.value(spec->name, spec->serverDefault)
                               .toDouble(usualTemperature);
        for (const double step : {temperatureStep, -temperatureStep}) {
            const double value = std::round((now + step) * 100) / 100;
            if (!spec->check(value)) {
                ChatSetup setup = m_present;
                setup.parameters.insert(spec->name, value);
                add(step > 0 ? tr("Hotter") : tr("Cooler"),
                    spec->name + u' ' + QLocale::c().toString(value), setup);
            }
        }
    }

    void anotherSeed(const ParameterSpecs &specs)
    {
        const ParameterSpec *spec = findParameter(specs, u"seed");
        const qint64 now = m_present.parameters.value(u"seed"_s).toInteger(-1);
        if (spec && now >= 0 && !spec->check(now + 1)) {
            ChatSetup setup = m_present;
            setup.parameters.insert(spec->name, now + 1);
            add(tr("With the next seed"), u"seed "_s + QString::number(now + 1), setup);
        }
    }

    void adapters(const EndpointDescription &description)
    {
        if (description.adapterStyle != AdapterStyle::Listed) {
            return;
        }
        if (!m_present.adapter.id.isEmpty()) {
            ChatSetup setup = m_present;
            setup.adapter = {};
            add(tr("With the base model"), setup.model, setup);
        }
        for (const AdapterInfo &adapter :
            description.adapters.first(std::min(description.adapters.size(), mostOfAKind))) {
            if (adapter.id != m_present.adapter.id) {
                ChatSetup setup = m_present;
                setup.adapter = {.id = adapter.id};
                add(tr("With another adapter"), adapter.name.isEmpty() ? adapter.id : adapter.name,
                    setup);
            }
        }
    }

    void models(const EndpointDescription &description)
    {
        const auto isAdapter = [&](const QString &id) {
            return std::ranges::any_of(
                description.adapters, [&](const AdapterInfo &adapter) { return adapter.id == id; });
        };
        const QString now = m_present.model.isEmpty() && !description.models.isEmpty()
            ? description.models.constFirst().id
            : m_present.model;
        qsizetype room = mostOfAKind;
        for (const ModelInfo &model : description.models) {
            if (model.id != now && !isAdapter(model.id) && room-- > 0) {
                ChatSetup setup = m_present;
                setup.model = model.id;
                setup.adapter = {};
                add(tr("With another model"), model.name.isEmpty() ? model.id : model.name, setup);
            }
        }
    }

    [[nodiscard]] const QList<AnswerVariant> &list() const { return m_list; }

private:
    void add(const QString &text, const QString &detail, const ChatSetup &setup)
    {
        m_list.append({.text = text, .detail = detail, .setup = setup});
    }

    const ChatNode &m_answer;
    const ChatSetup &m_present;
    QList<AnswerVariant> m_list;
};

} // namespace

QList<AnswerVariant> answerVariants(const ChatNode &answer, const ChatSetup &present,
    const QString &dialect, const EndpointDescription &description)
{
    const Provider *provider = findProvider(dialect);
    const ParameterSpecs specs
        = provider ? provider->parameters(description.server) : ParameterSpecs();
    Variants variants(answer, present);
    variants.asAsked();
    variants.temperatures(specs);
    variants.anotherSeed(specs);
    variants.adapters(description);
    variants.models(description);
    return variants.list();
}

std::optional<RaisedLimit> raisedLimit(const ChatNode &answer)
{
    if (answer.finish.kind != FinishReason::Kind::Length) {
        return std::nullopt;
    }
    const ParameterSet &asked = answer.origin.setup.parameters;
    for (const QString &name : outputLimitNames()) {
        if (const int limit = asked.value(name).toInt(); limit > 0) {
            return RaisedLimit{.parameter = name, .tokens = 2 * limit};
        }
    }
    // The server's own limit was met: it is named by what came.
    const Provider *provider = findProvider(answer.origin.provider);
    const qint64 came = answer.metrics.outputTokens.value_or(0);
    const ParameterSpecs specs = provider ? provider->parameters({}) : ParameterSpecs();
    const QString name = outputLimitName(specs);
    if (came > 0 && !name.isEmpty()) {
        return RaisedLimit{.parameter = name, .tokens = int(2 * came)};
    }
    return std::nullopt;
}

} // namespace Lorikeet
