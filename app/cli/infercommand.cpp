// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "infercommand.h"

#include "askoptions.h"
#include "endpointoptions.h"
#include "http/apiclient.h"
#include "standardoutput.h"
#include "triton/grpctransport.h"
#include "triton/httptransport.h"
#include "triton/tritonaddress.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using namespace Triton;

Failure wrong(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

/// Nothing if it is no JSON.
std::optional<QJsonValue> jsonOf(const QString &text)
{
    const QJsonDocument list = QJsonDocument::fromJson('[' + text.toUtf8() + ']');
    return list.isArray() && list.array().size() == 1 ? std::optional(list.array().first())
                                                      : std::nullopt;
}

Result<QJsonObject> objectIn(const QString &name)
{
    QFile file(name);
    const bool isOpen
        = name == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        return wrong(u"%1 cannot be read: %2."_s.arg(name, file.errorString()));
    }
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document.isObject()) {
        return wrong(u"%1 holds no JSON object of inputs, each under its name."_s.arg(name));
    }
    return document.object();
}

Result<QJsonObject> parametersOf(const CommandLine &line)
{
    QJsonObject parameters;
    for (const QString &text : line.values(u"param"_s)) {
        const auto pair = splitPair(text, u'=');
        if (!pair) {
            return wrong(u"--param takes NAME=VALUE, not “%1”."_s.arg(text));
        }
        parameters.insert(pair->first, jsonOf(pair->second).value_or(QJsonValue(pair->second)));
    }
    if (const auto problem = parameterProblem(parameters)) {
        return wrong(*problem);
    }
    return parameters;
}

bool isName(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.';
    });
}

QJsonObject toJson(const InferReply &reply)
{
    QJsonObject outputs;
    for (const Tensor &tensor : reply.outputs) {
        QJsonArray shape;
        for (const qint64 size : tensor.shape) {
            shape.append(size);
        }
        outputs.insert(tensor.name,
            QJsonObject{{u"datatype"_s, toWord(tensor.type)}, {u"shape"_s, shape},
                {u"data"_s, tensor.toJson()}});
    }
    return {{u"model"_s, reply.model}, {u"version"_s, reply.version}, {u"outputs"_s, outputs},
        {u"latency_ns"_s, qint64(reply.latency.count())}};
}

} // namespace

CommandHelp InferCommand::help()
{
    return {
        .name = u"infer"_s,
        .arguments = u"[NAME=VALUE…]"_s,
        .summary = u"send tensors to a model of Triton and print what it makes of them"_s,
        .description
        = {u"Asks a model of Triton, or of another server of KServe v2. An input is a number, a "
           "text or (nested) lists of these, as JSON; text needs no quotes where the model takes "
           "text. Without NAME= inputs count in the order of the model's configuration. What does "
           "not fit the configuration is said before anything is sent."_s,
            u"Prints one JSON object: each output with its type, shape and data. An address that "
            "begins with grpc:// is asked over gRPC, where a model that answers in pieces "
            "(decoupled) may be asked too: then it prints an object a line for each."_s},
        .options = endpointOptions()
            + QList<OptionHelp>{{{u"model"_s, u"m"_s}, u"NAME"_s, u"The model to ask."_s},
                {{u"model-version"_s}, u"N"_s,
                    u"Its version. Default: the server's choice, the latest."_s},
                {{u"input"_s, u"i"_s}, u"FILE|-"_s,
                    u"Takes inputs from a file too: a JSON object, each under its name."_s},
                {{u"output"_s, u"o"_s}, u"NAME"_s,
                    u"Asks for this output alone. May be given more than once."_s},
                {{u"batch"_s}, {},
                    u"The inputs are a batch, their outermost lists its items. Default: one "
                    "sample, whose batch of one is added and taken away again."_s},
                {{u"param"_s, u"P"_s}, u"NAME=VALUE"_s,
                    u"Sends this parameter of the request, such as priority=1. May be given more "
                    "than once."_s},
                {{u"text"_s}, {},
                    u"Sends tensors as JSON. Default: as bytes, which all types can be."_s},
                {{u"wait"_s}, u"SECONDS"_s,
                    u"Waits so long for a server that is down or a model that is being loaded. "
                    "Default: not at all."_s},
                retriesOption()}
            + requestOptions(),
        .examples
        = {{u"A text:"_s, u"lori infer -e http://gpu:8000 -m embedder sentence='a parrot'"_s},
            {u"A batch of two:"_s,
                u"lori infer -e http://gpu:8000 -m adder --batch 'x=[[1,2],[3,4]]'"_s},
            {u"Over gRPC, all that a model has to say:"_s,
                u"lori infer -e grpc://gpu:8001 -m llm text_input=Hi stream=true"_s}},
    };
}

Result<QList<InferCommand::Input>> InferCommand::inputsOf(const CommandLine &line)
{
    QList<Input> inputs;
    if (line.has(u"input"_s)) {
        const Result<QJsonObject> object = objectIn(line.value(u"input"_s));
        if (!object) {
            return Failure(object.error());
        }
        for (auto it = object->begin(); it != object->end(); ++it) {
            inputs.append({.name = it.key(), .value = it.value(), .text = {}});
        }
    }
    for (const QString &argument : line.arguments()) {
        const qsizetype equals = argument.indexOf(u'=');
        const bool hasName = equals > 0 && isName(QStringView(argument).first(equals));
        const QString value = hasName ? argument.sliced(equals + 1) : argument;
        inputs.append({.name = hasName ? argument.first(equals) : QString(),
            .value = jsonOf(value).value_or(QJsonValue(value)),
            .text = value});
    }
    if (inputs.isEmpty()) {
        return wrong(u"There is no input: give some as NAME=VALUE, or a file with --input."_s);
    }
    return inputs;
}

Result<std::unique_ptr<Command>> InferCommand::make(const CommandLine &line, ApiClient &client)
{
    const Result<QList<Input>> inputs = inputsOf(line);
    if (!inputs) {
        return Failure(inputs.error());
    }
    const Result<QJsonObject> parameters = parametersOf(line);
    if (!parameters) {
        return Failure(parameters.error());
    }
    const Result<std::optional<Milliseconds>> wait = line.seconds(u"wait"_s);
    if (!wait) {
        return Failure(wait.error());
    }
    const Result<std::optional<RetryPolicy>> retries = retriesFrom(line);
    if (!retries) {
        return Failure(retries.error());
    }
    std::unique_ptr<InferCommand> command(
        new InferCommand(line, *inputs, *parameters, wait->value_or(Milliseconds(0)), client));
    command->m_retries = *retries;
    return command;
}

InferCommand::InferCommand(const CommandLine &line, const QList<Input> &inputs,
    const QJsonObject &parameters, Milliseconds wait, ApiClient &client)
    : m_line(line)
    , m_inputs(inputs)
    , m_parameters(parameters)
    , m_wait(wait)
    , m_client(client)
{ }

void InferCommand::start()
{
    findTarget(m_line, m_client).then(this, [this](const Result<Target> &target) {
        onTarget(target);
    });
}

void InferCommand::interrupt()
{
    m_model.reset();
    m_stream.reset();
    endInterrupted();
}

void InferCommand::onTarget(const Result<Target> &target)
{
    if (isOver()) {
        return;
    }
    if (!target) {
        endWith(target.error());
        return;
    }
    m_target = *target;
    std::shared_ptr<InferTransport> transport;
    if (isGrpcAddress(m_target.endpoint.url)) {
        transport = m_grpc = std::make_shared<GrpcTransport>(m_target);
    } else {
        transport = std::make_shared<HttpTransport>(
            m_client, m_target, m_line.has(u"text"_s) ? BodyForm::Json : BodyForm::Binary);
    }
    m_model = std::make_unique<ModelClient>(std::move(transport), options());
    m_model->config().then(this, [this](const Result<ModelConfig> &config) { onConfig(config); });
}

ModelClient::Options InferCommand::options() const
{
    const QString model = m_line.value(u"model"_s);
    return {.model = model.isEmpty() ? m_target.endpoint.model : model,
        .version = m_line.value(u"model-version"_s),
        .wait = m_wait,
        .timeout = m_target.endpoint.timeouts.total,
        .retry = m_retries.value_or(m_target.endpoint.retry),
        .told = tellOfRetry};
}

void InferCommand::onConfig(const Result<ModelConfig> &config)
{
    if (isOver()) {
        return;
    }
    if (!config) {
        endWith(config.error());
        return;
    }
    ModelClient::Call call{
        .inputs = {}, .outputs = m_line.values(u"output"_s), .parameters = m_parameters};
    for (qsizetype place = 0; place < m_inputs.size(); ++place) {
        const Input &input = m_inputs[place];
        const auto info = input.name.isEmpty()
            ? (place < config->inputs.size() ? config->inputs.begin() + place
                                             : config->inputs.end())
            : std::ranges::find(config->inputs, input.name, &TensorInfo::name);
        // One that there is not is named by the check of the whole call.
        const TensorType type = info == config->inputs.end() ? TensorType::Bytes : info->type;
        const bool isText = type == TensorType::Bytes && !input.text.isEmpty()
            && !input.value.isString() && !input.value.isArray();
        Result<Tensor> tensor
            = Tensor::fromJson(type, isText ? QJsonValue(input.text) : input.value, input.name);
        if (!tensor) {
            endWith(tensor.error());
            return;
        }
        call.inputs.append(*tensor);
    }
    if (config->decoupled && m_grpc) {
        askForPieces(call);
        return;
    }
    const bool isBatch = m_line.has(u"batch"_s);
    (isBatch ? m_model->inferBatch(call) : m_model->inferSample(call))
        .then(this, [this](const Result<InferReply> &reply) { onReply(reply); });
}

void InferCommand::askForPieces(const ModelClient::Call &call)
{
    m_stream = std::make_unique<DecoupledModelClient>(m_grpc, options());
    m_stream->infer(
        call, !m_line.has(u"batch"_s),
        [this](const InferReply &reply, TimePoint) {
            if (const auto over = StandardOutput::writeLine(toJson(reply))) {
                end(*over);
            }
        },
        [this](const std::optional<ApiError> &error) {
            if (error) {
                endWith(*error);
            } else {
                end(ExitCode::Done);
            }
        });
}

void InferCommand::onReply(const Result<InferReply> &reply)
{
    if (isOver()) {
        return;
    }
    if (!reply) {
        endWith(reply.error());
        return;
    }
    end(StandardOutput::writeLine(toJson(*reply)).value_or(ExitCode::Done));
}

} // namespace Lorikeet
