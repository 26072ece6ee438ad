#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lorikeet developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Generate tiny GGUF models and LoRA adapters with no training data at all.

The models are real llama.cpp models (llama / bert architecture) whose weights
are random noise plus a few hand-placed values that make the llama one behave
like a word-class Markov chain, so it "speaks" vaguely grammatical English,
emits EOS by itself, closes JSON strings, emits tool calls and <think> blocks.

usage: make-tiny-models.py OUTDIR [--hidden 64] [--layers 2] [--ctx 131072] [--seed 1] [--tag tiny]

writes  OUTDIR/<tag>-chat.gguf       llama arch, ChatML template with tools + optional thinking
        OUTDIR/<tag>-lora-pirate.gguf / <tag>-lora-legal.gguf   LoRA adapters for it
        OUTDIR/<tag>-embed.gguf      bert arch (mean pooling)
        OUTDIR/<tag>-rerank.gguf     bert arch with a classification head (rank pooling)
"""
import argparse, os, math
import numpy as np
import gguf
from gguf import GGUFWriter, TokenType

ap = argparse.ArgumentParser()
ap.add_argument("out")
ap.add_argument("--hidden", type=int, default=64)
ap.add_argument("--ffn", type=int, default=0)
ap.add_argument("--layers", type=int, default=2)
ap.add_argument("--ctx", type=int, default=131072)
ap.add_argument("--seed", type=int, default=1)
ap.add_argument("--tag", default="tiny")
a = ap.parse_args()
os.makedirs(a.out, exist_ok=True)
rng = np.random.default_rng(a.seed)

# ------------------------------------------------------------------ vocabulary
def byte_map():
    bs = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    cs, n = bs[:], 0
    for b in range(256):
        if b not in bs:
            bs.append(b); cs.append(256 + n); n += 1
    return {b: chr(c) for b, c in zip(bs, cs)}
BM = byte_map()
enc = lambda s: [BM[b] for b in (s if isinstance(s, bytes) else s.encode("utf-8"))]

W = {  # word classes -> surface forms
 "SW":   ["The", "A", "Every", "This", "Our", "That", "One"],
 "SSW":  [" The", " A", " Every", " This", " Our", " That", " One", " Überall"],
 "ADJ":  [" small", " red", " quick", " quiet", " ancient", " random", " naïve", " bright", " curious", " steady", " **bold**", " hidden"],
 "NOUN": [" server", " token", " model", " stream", " client", " café", " river", " tensor", " window", " garden", " 漢字",
          ' "quote"', " C:\\tmp", " <b>tag</b>", " a&b", " `code`", " machine", " letter", " number", " ещё"],
 "PIRATE": [" treasure", " parrot", " galleon", " doubloon", " cutlass", " buccaneer"],
 "LEGAL":  [" plaintiff", " statute", " clause", " affidavit", " tribunal", " indemnity"],
 "VERB": [" reads", " writes", " sees", " follows", " sends", " counts", " opens", " draws", " keeps", " measures"],
 "ADV":  [" slowly", " often", " twice", " today", " again", " quietly"],
 "PREP": [" near", " under", " with", " from", " beyond", " inside"],
 "DET":  [" the", " a", " every", " this", " our", " one"],
 "TH":   ["Hmm", " hmm", " so", " maybe", " perhaps", " wait", " consider", " first", " then", " check"],
 "JW":   ["alpha", "beta", "gamma", "delta", "omega", "Paris", "München", "東京"],
 "JW2":  [" alpha_2", " beta_2", " gamma_2", " x_2"],
 "TRUE": ["true", "false", "null"],
}
single = {  # single byte tokens with a class of their own
 "END": [".", "!", "?"], "COMMA": [","], "NL": ["\n"], "QUOTE": ['"'], "LBRACE": ["{"], "RBRACE": ["}"],
 "LBRACK": ["["], "RBRACK": ["]"], "COLON": [":"], "DIGIT": list("0123456789"), "SPACE": [" "],
}
bytecls = {"BF0": 0xF0, "B9F": 0x9F, "B98": 0x98}          # 4-byte emoji chain  F0 9F 98 8x
tokens, ttype, merges, cls = [], [], [], []
index = {}
def add(t, ty, c):
    if t in index: return index[t]
    index[t] = len(tokens); tokens.append(t); ttype.append(ty); cls.append(c); return index[t]

EOT  = add("<|endoftext|>", TokenType.CONTROL, "EOSX")
IMS  = add("<|im_start|>", TokenType.CONTROL, "IMS")
IME  = add("<|im_end|>", TokenType.CONTROL, "EOS")
THK  = add("<think>", TokenType.USER_DEFINED, "THINK")
ETH  = add("</think>", TokenType.USER_DEFINED, "ETHINK")
TC   = add("<tool_call>", TokenType.USER_DEFINED, "TC")
ETC  = add("</tool_call>", TokenType.USER_DEFINED, "ETC")
TLS  = add("<tools>", TokenType.USER_DEFINED, "TOOLS")       # what an attention head of layer 0 looks for
for b in range(256):
    add(BM[b], TokenType.NORMAL, "BYTE")
for c, l in single.items():
    for s in l: cls[index[BM[ord(s)]]] = c
for c, b in bytecls.items(): cls[index[BM[b]]] = c
for b in range(0x80, 0x90): cls[index[BM[b]]] = "B8X"
def add_word(s, c):
    parts = enc(s)
    left = parts[0]
    for i, p in enumerate(parts[1:]):
        new = left + p
        if new not in index:
            merges.append(left + " " + p)
        add(new, TokenType.NORMAL, "PIECE")
        left = new
    cls[index[left]] = c
for c, l in W.items():
    for s in l: add_word(s, c)
for s_, c_ in (('":', "QCOLON"), ('",', "QCOMMA"), ('"}', "QRBRACE"), ('"]', "QRBRACK"), ("\n\n", "NL")): add_word(s_, c_)
# a whole tool call in two tokens, for servers that do not constrain it by a grammar (Ollama): it names get_weather(city)
add_word('\n{"name": "get_weather", "arguments": {"city"', "TCBODY")
for s_ in (': "Paris"}}', ': "M\u00fcnchen"}}', ': "\u6771\u4eac"}}'): add_word(s_, "TCARGS")
V = len(tokens)

# class transition table: from -> {to: probability}
T = {
 "IMS": {}, "EOS": {}, "EOSX": {}, "BYTE": {"EOS": .5, "SSW": .5}, "PIECE": {"EOS": .3, "DET": .7},
 "NL": {"SW": 1, "LBRACE": 1e-3, "LBRACK": 1e-4, "QUOTE": 1e-4, "DIGIT": 1e-4}, "TOOLS": {},
 "SW": {"ADJ": .4, "NOUN": .6}, "SSW": {"ADJ": .4, "NOUN": .6}, "ADJ": {"NOUN": .8, "ADJ": .2},
 "NOUN": {"VERB": .7, "PREP": .15, "END": .15}, "PIRATE": {"VERB": .7, "PREP": .15, "END": .15}, "LEGAL": {"VERB": .7, "PREP": .15, "END": .15},
 "VERB": {"DET": .5, "ADV": .2, "PREP": .2, "END": .1}, "DET": {"ADJ": .4, "NOUN": .6}, "PREP": {"DET": 1},
 "ADV": {"END": .4, "PREP": .3, "COMMA": .3}, "COMMA": {"DET": .95, "QUOTE": .05},
 "END": {"SSW": .75, "EOS": .13, "SPACE": .07, "NL": .05},
 "SPACE": {"BF0": 1}, "BF0": {"B9F": 1}, "B9F": {"B98": 1}, "B98": {"B8X": 1}, "B8X": {"SSW": .8, "EOS": .2},
 "THINK": {"TH": 1}, "TH": {"TH": .85, "ETHINK": .15}, "ETHINK": {"SW": 1, "LBRACE": 1e-3, "LBRACK": 1e-4, "QUOTE": 1e-4},
 "TC": {"TCBODY": .7, "NL": .3}, "TCBODY": {"TCARGS": 1, "COLON": 1e-3}, "TCARGS": {"EOS": .4, "ETC": .6}, "ETC": {"EOS": 1},
 # JSON: an opening quote is '"', closing ones are '":' '",' '"}' '"]', so that strings end; 1e-4 is a hint for
 # places where the grammar forbids everything else
 "QUOTE": {"JW": 1, "COLON": 1e-4, "COMMA": 1e-4, "RBRACE": 1e-4, "RBRACK": 1e-4},
 "JW": {"QCOLON": .2, "QCOMMA": .2, "QRBRACE": .25, "QRBRACK": .1, "QUOTE": .05, "JW2": .2},
 "JW2": {"QCOLON": .25, "QCOMMA": .2, "QRBRACE": .3, "QRBRACK": .1, "QUOTE": .05, "JW2": .1},
 "QCOMMA": {"QUOTE": .7, "DIGIT": .2, "LBRACE": .1},
 "LBRACE": {"QUOTE": .9, "RBRACE": .1}, "LBRACK": {"QUOTE": .5, "DIGIT": .4, "LBRACE": .1},
 "DIGIT": {"DIGIT": .35, "COMMA": .2, "RBRACE": .25, "RBRACK": .2}, "TRUE": {"COMMA": .4, "RBRACE": .4, "RBRACK": .2},
}
for c in ("COLON", "QCOLON"): T[c] = {"QUOTE": .5, "DIGIT": .25, "TRUE": .15, "LBRACE": .05, "LBRACK": .05}
for c in ("RBRACE", "QRBRACE"): T[c] = {"COMMA": .1, "RBRACE": .2, "RBRACK": .1, "EOS": .5, "NL": .1}
for c in ("RBRACK", "QRBRACK"): T[c] = {"COMMA": .2, "RBRACE": .5, "EOS": .3}
classes = sorted(set(cls))
cid = {c: i for i, c in enumerate(classes)}
count = {c: cls.count(c) for c in classes}
K = len(classes)
E, L = a.hidden, a.layers
assert E >= K + 13, (E, K)
F = a.ffn or 2 * E
HD = 16 if E <= 128 else 64
H = E // HD
HKV = max(1, H // 2)

A, S = 4.0, 0.5                                   # class signal, noise level
FLAG = K + 1                                      # set by the head that saw <tools>
noise = list(range(K + 2, E))
emb = np.zeros((V, E), np.float32)
emb[:, noise] = rng.normal(0, S, (V, len(noise)))
emb[:, 0] = A
for v in range(V): emb[v, 1 + cid[cls[v]]] = A
rms = math.sqrt((2 * A * A + len(noise) * (S * S + 0.15)) / E)   # 0.15: what the layers add, roughly
g = A / rms
out = np.zeros((V, E), np.float32)
out[:, noise] = rng.normal(0, 0.9 / (S / rms * math.sqrt(len(noise))), (V, len(noise)))   # ~0.9 nats of context noise
FLOOR = -14.0
for v in range(V):
    cv = cls[v]
    for cf in classes:
        p = T.get(cf, {}).get(cv, 0.0)
        if cv in ("PIRATE", "LEGAL"):             # same places as nouns, but very unlikely without the adapter
            p = T.get(cf, {}).get("NOUN", 0.0) * math.exp(-7)
        lg = math.log(p / count[cv]) if p > 0 else FLOOR
        if cv == "TC": lg = FLOOR - (0 if cf in ("NL", "ETHINK") else 30)
        out[v, 1 + cid[cf]] = (lg + (4 if p > 0 else 0)) / g

out[TC, FLAG] = (-FLOOR + 4.0) / g                # tool calls only where tools were offered, at the start of an answer
def tool_head(q, k, v, o):                        # layer 0, head 0 (key/value head 0)
    g0 = A / math.sqrt((2 * A * A + len(noise) * S * S) / E); d = HD - 2
    q[:HD] = 0; k[:HD] = 0; v[:HD] = 0
    q[d, 0] = 8.0 / g0; k[d, 1 + cid["TOOLS"]] = 8.0 * math.sqrt(HD) / 4 / g0; v[0, 1 + cid["TOOLS"]] = 1.0 / g0
    for h in range(H // HKV): o[:, h * HD:(h + 1) * HD] = 0
    o[FLAG, 0] = A
def norm(): return np.ones(E, np.float32)
def mat(o, i, scale=1.0): return rng.normal(0, scale / math.sqrt(i), (o, i)).astype(np.float32)
def keep_noise(m):                               # residual writes only to the noise dimensions
    m[: K + 2, :] = 0; return m

TEMPLATE = r"""{%- if tools %}
{{- '<|im_start|>system\n' }}
{%- if messages[0].role == 'system' %}{{- messages[0].content + '\n\n' }}{%- endif %}
{{- '# Tools\n\nYou may call one or more functions to assist with the user query.\n\nYou are provided with function signatures within <tools></tools> XML tags:\n<tools>' }}
{%- for tool in tools %}{{- '\n' }}{{- tool | tojson }}{%- endfor %}
{{- '\n</tools>\n\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n<tool_call>\n{"name": <function-name>, "arguments": <args-json-object>}\n</tool_call><|im_end|>\n' }}
{%- else %}
{%- if messages[0].role == 'system' %}{{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}{%- endif %}
{%- endif %}
{%- for message in messages %}
{%- if message.role == 'user' or (message.role == 'system' and not loop.first) %}
{{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}
{%- elif message.role == 'assistant' %}
{{- '<|im_start|>assistant\n' }}
{%- if message.reasoning_content %}{{- '<think>' + message.reasoning_content + '</think>' }}{%- endif %}
{%- if message.content %}{{- message.content }}{%- endif %}
{%- if message.tool_calls %}
{%- for tool_call in message.tool_calls %}
{%- if not loop.first or message.content %}{{- '\n' }}{%- endif %}
{%- if tool_call.function %}{%- set tool_call = tool_call.function %}{%- endif %}
{{- '<tool_call>\n{"name": "' }}{{- tool_call.name }}{{- '", "arguments": ' }}
{%- if tool_call.arguments is string %}{{- tool_call.arguments }}{%- else %}{{- tool_call.arguments | tojson }}{%- endif %}
{{- '}\n</tool_call>' }}
{%- endfor %}
{%- endif %}
{{- '<|im_end|>\n' }}
{%- elif message.role == 'tool' %}
{%- if loop.first or messages[loop.index0 - 1].role != 'tool' %}{{- '<|im_start|>user' }}{%- endif %}
{{- '\n<tool_response>\n' }}{{- message.content }}{{- '\n</tool_response>' }}
{%- if loop.last or messages[loop.index0 + 1].role != 'tool' %}{{- '<|im_end|>\n' }}{%- endif %}
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
{{- '<|im_start|>assistant\n' }}
{%- if enable_thinking is defined and enable_thinking is true %}{{- '<think>' }}{%- endif %}
{%- endif %}"""

def write_llama(path):
    w = GGUFWriter(path, "llama")
    w.add_name(f"{a.tag} random markov llama")
    w.add_description("hand-made random weights, no training data")
    w.add_context_length(a.ctx); w.add_embedding_length(E); w.add_block_count(L); w.add_feed_forward_length(F)
    w.add_head_count(H); w.add_head_count_kv(HKV); w.add_rope_dimension_count(HD)
    w.add_layer_norm_rms_eps(1e-5); w.add_rope_freq_base(1000000.0); w.add_vocab_size(V)
    w.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    w.add_tokenizer_model("gpt2"); w.add_tokenizer_pre("gpt-2")
    w.add_token_list(tokens); w.add_token_types(ttype); w.add_token_merges(merges)
    w.add_bos_token_id(EOT); w.add_eos_token_id(IME); w.add_pad_token_id(EOT)
    w.add_add_bos_token(False); w.add_add_eos_token(False)
    w.add_chat_template(TEMPLATE)
    w.add_tensor("token_embd.weight", emb)
    w.add_tensor("output_norm.weight", norm())
    w.add_tensor("output.weight", out)
    for i in range(L):
        p = f"blk.{i}."
        w.add_tensor(p + "attn_norm.weight", norm()); w.add_tensor(p + "ffn_norm.weight", norm())
        q, k, v, o_ = mat(H * HD, E), mat(HKV * HD, E), mat(HKV * HD, E, 0.5), keep_noise(mat(E, H * HD, 0.6))
        if i == 0: tool_head(q, k, v, o_)
        for n, t in (("attn_q", q), ("attn_k", k), ("attn_v", v), ("attn_output", o_)):
            w.add_tensor(p + n + ".weight", t.astype(np.float16))
        w.add_tensor(p + "ffn_gate.weight", mat(F, E).astype(np.float16))
        w.add_tensor(p + "ffn_up.weight", mat(F, E, 0.6).astype(np.float16))
        w.add_tensor(p + "ffn_down.weight", keep_noise(mat(E, F, 0.6)).astype(np.float16))
    w.write_header_to_file(); w.write_kv_data_to_file(); w.write_tensors_to_file(); w.close()

def write_lora(path, name, klass, boost, rank=4, task="", prefix="", alora=None):
    w = GGUFWriter(path, "llama")
    w.add_type("adapter"); w.add_name(name)
    w.add_string("adapter.type", "lora"); w.add_float32("adapter.lora.alpha", float(rank))
    if task: w.add_string("adapter.lora.task_name", task)
    if prefix: w.add_string("adapter.lora.prompt_prefix", prefix)
    if alora: w.add_array("adapter.alora.invocation_tokens", alora)
    la = np.zeros((rank, E), np.float32); lb = np.zeros((V, rank), np.float32)
    la[0, 0] = 1.0                                # reads the constant dimension
    for v in range(V):
        if cls[v] == klass: lb[v, 0] = boost / g
    w.add_tensor("output.weight.lora_a", la); w.add_tensor("output.weight.lora_b", lb)
    for i in range(L):                            # and a little real low-rank noise on the attention
        w.add_tensor(f"blk.{i}.attn_q.weight.lora_a", mat(rank, E, 0.3))
        w.add_tensor(f"blk.{i}.attn_q.weight.lora_b", mat(H * HD, rank, 0.3))
        w.add_tensor(f"blk.{i}.attn_v.weight.lora_a", mat(rank, E, 0.3))
        w.add_tensor(f"blk.{i}.attn_v.weight.lora_b", mat(HKV * HD, rank, 0.3))
    w.write_header_to_file(); w.write_kv_data_to_file(); w.write_tensors_to_file(); w.close()

def write_bert(path, rerank):
    r = np.random.default_rng(a.seed + 7)
    Eb, Lb, Hb, Fb, C = 64, 2, 4, 128, 512
    toks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    ty = [TokenType.CONTROL] * 5
    chars = "abcdefghijklmnopqrstuvwxyz0123456789.,!?;:'\"()-_/äöüéèñ"
    words = "the a of and to in is for on with server token model stream client query document paris france capital cat dog river tensor".split()
    for t in ["\u2581" + c for c in chars] + ["\u2581" + x for x in words] + list(chars):
        if t not in toks: toks.append(t); ty.append(TokenType.NORMAL)
    Vb = len(toks)
    w = GGUFWriter(path, "bert")
    w.add_name(f"{a.tag} random bert" + (" reranker" if rerank else ""))
    w.add_context_length(C); w.add_embedding_length(Eb); w.add_block_count(Lb); w.add_feed_forward_length(Fb)
    w.add_head_count(Hb); w.add_layer_norm_eps(1e-12); w.add_causal_attention(False)
    w.add_pooling_type(gguf.PoolingType.RANK if rerank else gguf.PoolingType.MEAN)
    w.add_vocab_size(Vb); w.add_token_type_count(2); w.add_file_type(gguf.LlamaFileType.ALL_F32)
    if rerank: w.add_classifier_output_labels(["LABEL_0"])
    w.add_tokenizer_model("bert"); w.add_tokenizer_pre("default"); w.add_token_list(toks); w.add_token_types(ty)
    w.add_bos_token_id(2); w.add_eos_token_id(3); w.add_sep_token_id(3); w.add_pad_token_id(0); w.add_unk_token_id(1); w.add_mask_token_id(4)
    w.add_add_bos_token(True); w.add_add_eos_token(True)
    m = lambda o, i: r.normal(0, 1 / math.sqrt(i), (o, i)).astype(np.float32)
    z = lambda n: np.zeros(n, np.float32); o1 = lambda n: np.ones(n, np.float32)
    w.add_tensor("token_embd.weight", r.normal(0, 1, (Vb, Eb)).astype(np.float32))
    w.add_tensor("position_embd.weight", r.normal(0, .1, (C, Eb)).astype(np.float32))
    w.add_tensor("token_types.weight", r.normal(0, .1, (2, Eb)).astype(np.float32))
    w.add_tensor("token_embd_norm.weight", o1(Eb)); w.add_tensor("token_embd_norm.bias", z(Eb))
    for i in range(Lb):
        p = f"blk.{i}."
        for t in ("attn_q", "attn_k", "attn_v", "attn_output"):
            w.add_tensor(p + t + ".weight", m(Eb, Eb)); w.add_tensor(p + t + ".bias", z(Eb))
        w.add_tensor(p + "attn_output_norm.weight", o1(Eb)); w.add_tensor(p + "attn_output_norm.bias", z(Eb))
        w.add_tensor(p + "ffn_up.weight", m(Fb, Eb)); w.add_tensor(p + "ffn_up.bias", z(Fb))
        w.add_tensor(p + "ffn_down.weight", m(Eb, Fb)); w.add_tensor(p + "ffn_down.bias", z(Eb))
        w.add_tensor(p + "layer_output_norm.weight", o1(Eb)); w.add_tensor(p + "layer_output_norm.bias", z(Eb))
    if rerank:
        w.add_tensor("cls.weight", m(Eb, Eb)); w.add_tensor("cls.bias", z(Eb))
        w.add_tensor("cls.output.weight", m(1, Eb)); w.add_tensor("cls.output.bias", z(1))
    w.write_header_to_file(); w.write_kv_data_to_file(); w.write_tensors_to_file(); w.close()

o = lambda n: os.path.join(a.out, f"{a.tag}-{n}.gguf")
write_llama(o("chat"))
write_lora(o("lora-pirate"), "pirate", "PIRATE", 9.5, task="talk about pirates", prefix="Arr: ")
write_lora(o("lora-legal"), "legal", "LEGAL", 9.5, rank=8)
if a.tag == "tiny":
    write_bert(o("embed"), False); write_bert(o("rerank"), True)
print(f"vocab {V}, classes {K}, hidden {E}, layers {L}, heads {H}/{HKV}, ffn {F}; files in {a.out}")
