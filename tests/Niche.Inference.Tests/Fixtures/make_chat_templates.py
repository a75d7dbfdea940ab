"""Writes chat-prompts.json: what Jinja (Debian's python3-jinja2) makes of chats with the templates in chat/, which are ours, each written in the
structure of one public family. The environment is set up as the transformers library sets up its own. Run from the root of the repository:
/usr/bin/python3 tests/Niche.Inference.Tests/Fixtures/make_chat_templates.py"""
import datetime, glob, json, os
from jinja2 import nodes
from jinja2.exceptions import TemplateError, UndefinedError
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

HERE = "tests/Niche.Inference.Tests/Fixtures"
NOW = datetime.datetime(2026, 7, 4, 9, 5, 7)


class Generation(Extension):
    tags = {"generation"}
    def parse(self, parser):
        line = next(parser.stream).lineno
        return nodes.Scope(parser.parse_statements(["name:endgeneration"], drop_needle=True), lineno=line)


class Refused(Exception): pass
def refuse(message): raise Refused(message)


env = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, "jinja2.ext.loopcontrols"])
env.filters["tojson"] = lambda x, ensure_ascii=False, indent=None, separators=None, sort_keys=False: json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)
env.globals["raise_exception"] = refuse
env.globals["strftime_now"] = lambda form: NOW.strftime(form)
U, A, S = (lambda text: {"role": "user", "content": text}), (lambda text: {"role": "assistant", "content": text}), (lambda text: {"role": "system", "content": text})
TOOL = {"type": "function", "function": {"name": "weather", "description": "Weather of a \"place\" \u00e9", "parameters": {"type": "object", "properties": {"place": {"type": "string"}, "days": {"type": "integer", "minimum": 1.5}}, "required": []}, "return": {"x": 1}}}
CALL = {"role": "assistant", "content": "", "tool_calls": [{"id": "abcdef123", "type": "function", "function": {"name": "weather", "arguments": {"place": "Bern", "days": 2, "fine": True, "x": None, "y": 1.0}}}]}
RESULT = {"role": "tool", "tool_call_id": "abcdef123", "name": "weather", "content": "12 degrees"}
CHATS = [
    {"messages": [U("hello")]}, {"messages": [U("  hello  \n")], "add_generation_prompt": False}, {"messages": [S("Be brief."), U("hello"), A(" hi \n"), U("bye")]},
    {"messages": [U("a"), A("b"), U("c"), A("d")]}, {"messages": [U("a"), U("b")]}, {"messages": [A("a")]}, {"messages": [S("only rules")]}, {"messages": []},
    {"messages": [S("Be brief."), U("weather?"), CALL, RESULT, RESULT | {"content": "wind"}, A("It is warm."), U("thanks")], "tools": [TOOL]}, {"messages": [U("x")], "tools": [TOOL, TOOL]},
    {"messages": [U("1 < 2 && 'q' \"d\" \\ </s> {{ x }} {% if %} \U0001f680\u6771")]}, {"messages": [U("q"), A("<think>\nbecause\n</think>\n\nanswer"), U("more")]},
    {"messages": [U("q"), A("<think>\nbecause\n</think>\n\nanswer")]}, {"messages": [U("q"), A("x") | {"reasoning_content": "so\n"}], "enable_thinking": False},
    {"messages": [{"role": "user", "content": [{"type": "text", "text": " look "}, {"type": "image"}, {"type": "text", "text": "there"}]}]},
    {"messages": [S("r") | {"content": [{"type": "text", "text": "rules"}]}, U("x")]}, {"messages": [{"role": "user"}]}, {"messages": [{"role": "user", "content": None}]},
    {"messages": [{"role": "narrator", "content": "once"}]}, {"messages": [U("x")], "date_string": "then", "custom_tools": [TOOL], "tools_in_user_message": True},
    {"messages": [U("x"), CALL | {"tool_calls": CALL["tool_calls"] * 2}, RESULT]}, {"messages": [U("x"), CALL, {"role": "tool", "tool_call_id": "abcdef123", "content": {"content": {"t": [1, 2.5]}}}]},
]
rows = []
for path in sorted(glob.glob(f"{HERE}/chat/*.jinja")):
    template = env.from_string(open(path, encoding="utf-8").read())
    for i, chat in enumerate(CHATS):
        given = {"tools": None, "documents": None, "add_generation_prompt": True, "bos_token": "<s>", "eos_token": "</s>"} | json.loads(json.dumps(chat))
        try: end = {"text": template.render(**given)}
        except Refused as e: end = {"code": "template_refused", "message": str(e)}
        except (TypeError, TemplateError, AttributeError, ValueError, IndexError, KeyError): end = {"code": "template_failed"}
        rows.append({"template": os.path.basename(path)[:-6], "chat": i} | end)
with open(f"{HERE}/chat-prompts.json", "w", encoding="utf-8") as f:
    f.write('{"chats": [\n' + ",\n".join(json.dumps(c) for c in CHATS) + '\n],\n"prompts": [\n' + ",\n".join(json.dumps(row) for row in rows) + "\n]}\n")
print(len(rows), sum("text" in row for row in rows))
