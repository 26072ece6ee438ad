// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/modelclient.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

QString namesOf(const QList<TensorInfo> &tensors)
{
    QStringList names;
    for (const TensorInfo &tensor : tensors) {
        names.append(tensor.name);
    }
    return names.join(u", "_s);
}

QString textOf(const QList<qint64> &shape)
{
    QStringList sizes;
    for (const qint64 size : shape) {
        sizes.append(size < 0 ? u"any"_s : QString::number(size));
    }
    return u"["_s + sizes.join(u", "_s) + u']';
}

const TensorInfo *find(const QList<TensorInfo> &tensors, const QString &name)
{
    const auto found = std::ranges::find(tensors, name, &TensorInfo::name);
    return found == tensors.end() ? nullptr : &*found;
}

bool fits(const QList<qint64> &shape, const QList<qint64> &wanted)
{
    return std::ranges::equal(
        shape, wanted, [](qint64 size, qint64 limit) { return limit < 0 || size == limit; });
}

/// Names for inputs that have none.
std::optional<QString> nameInputs(const ModelConfig &config, QList<Tensor> &inputs)
{
    const auto named
        = std::ranges::count_if(inputs, [](const Tensor &input) { return !input.name.isEmpty(); });
    if (named != 0 && named != inputs.size()) {
        return u"Some inputs are named and some are not: name all of them, or none."_s;
    }
    if (named == 0 && inputs.size() > config.inputs.size()) {
        return u"The model “%1” takes %2 inputs (%3), and %4 were given."_s.arg(config.name)
            .arg(config.inputs.size())
            .arg(namesOf(config.inputs))
            .arg(inputs.size());
    }
    for (qsizetype i = 0; named == 0 && i < inputs.size(); ++i) {
        inputs[i].name = config.inputs[i].name;
    }
    return std::nullopt;
}

std::optional<QString> problemWithNames(const ModelConfig &config, const ModelClient::Call &call)
{
    QSet<QString> given;
    for (const Tensor &input : call.inputs) {
        if (!find(config.inputs, input.name)) {
            return u"The model “%1” has no input “%2”: it has %3."_s.arg(
                config.name, input.name, namesOf(config.inputs));
        }
        if (given.contains(input.name)) {
            return u"The input “%1” is given twice."_s.arg(input.name);
        }
        given.insert(input.name);
    }
    for (const TensorInfo &input : config.inputs) {
        if (!input.optional && !given.contains(input.name)) {
            return u"The input “%1” is missing: the model “%2” needs it."_s.arg(
                input.name, config.name);
        }
    }
    for (const QString &output : call.outputs) {
        if (!find(config.outputs, output)) {
            return u"The model “%1” has no output “%2”: it has %3."_s.arg(
                config.name, output, namesOf(config.outputs));
        }
    }
    return std::nullopt;
}

std::optional<QString> problemWithShape(
    const ModelConfig &config, const Tensor &input, std::optional<qint64> &batch)
{
    const TensorInfo &info = *find(config.inputs, input.name);
    if (input.type != info.type) {
        return u"The input “%1” is %2 and not %3."_s.arg(
            input.name, toWord(info.type), toWord(input.type));
    }
    QList<qint64> wanted = info.shape;
    if (config.batches()) {
        wanted.prepend(-1);
    }
    if (!fits(input.shape, wanted)) {
        return u"The input “%1” must have the shape %2 and has %3."_s.arg(
            input.name, textOf(wanted), textOf(input.shape));
    }
    if (!config.batches()) {
        return std::nullopt;
    }
    const qint64 size = input.shape.constFirst();
    if (size > config.maxBatchSize) {
        return u"A batch of “%1” may have at most %2 items, and “%3” has %4."_s.arg(config.name)
            .arg(config.maxBatchSize)
            .arg(input.name)
            .arg(size);
    }
    if (size < 1 || size != batch.value_or(size)) {
        return u"The inputs of a batch must have equally many items, at least one; “%1” has %2."_s
            .arg(input.name)
            .arg(size);
    }
    batch = size;
    return std::nullopt;
}

} // namespace

Result<InferRequest> checkedRequest(
    const ModelConfig &config, const ModelClient::Call &call, bool isSample, bool isStream)
{
    const auto refused
        = [](const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); };
    if (config.decoupled && !isStream) {
        return refused(u"The model “%1” answers in pieces (decoupled): ask it by generate, or as a "
                       "stream over gRPC."_s.arg(config.name));
    }
    if (call.inputs.isEmpty()) {
        return refused(u"There is no input: the model “%1” takes %2."_s.arg(
            config.name, namesOf(config.inputs)));
    }
    if (!isSample && !config.batches()) {
        return refused(u"The model “%1” takes no batches: send single samples."_s.arg(config.name));
    }
    ModelClient::Call checked = call;
    if (const auto problem = nameInputs(config, checked.inputs)) {
        return refused(*problem);
    }
    if (const auto problem = problemWithNames(config, checked)) {
        return refused(*problem);
    }
    std::optional<qint64> batch;
    for (Tensor &input : checked.inputs) {
        if (const auto problem = input.problem()) {
            return refused(*problem);
        }
        if (isSample && config.batches()) {
            input = batchOfOne(input);
        }
        if (const auto problem = problemWithShape(config, input, batch)) {
            return refused(*problem);
        }
    }
    if (const auto problem = parameterProblem(call.parameters)) {
        return refused(*problem);
    }
    if (checked.outputs.isEmpty()) {
        for (const TensorInfo &output : config.outputs) {
            checked.outputs.append(output.name);
        }
    }
    return InferRequest{.model = {},
        .version = {},
        .id = {},
        .inputs = checked.inputs,
        .outputs = checked.outputs,
        .parameters = call.parameters};
}

} // namespace Lorikeet::Triton
