using System.Text;
using Lunatic.Wasm.Text;

namespace Lunatic.Wasm.Scripts;

/// <summary>Reads scripts in the text form (WebAssembly/spec, interpreter/README.md, "Scripts").</summary>
internal sealed class TextScriptReader
{
    private readonly TokenReader _tokens;
    private readonly TextScriptValues _values;

    private TextScriptReader(SourceText source)
    {
        _tokens = new TokenReader(source);
        _values = new TextScriptValues(_tokens);
    }

    /// <summary>Reads a script; a text that begins with a field of a module is one module.</summary>
    public static List<ScriptCommand> Read(byte[] utf8) => new TextScriptReader(new SourceText(utf8)).Commands();

    private List<ScriptCommand> Commands()
    {
        if (IsInlineModule())
            return [new ModuleCommand(1, Name: null, ModuleSource.Fields(_tokens, 0, name: null), DefinitionOnly: false)];
        var commands = new List<ScriptCommand>();
        while (_tokens.Kind != TokenKind.End)
        {
            int start = _tokens.Position;
            int line = _tokens.Source.Locate(_tokens.Current.Start).Line;
            if (!_tokens.TryKind(TokenKind.Open) || _tokens.Kind != TokenKind.Atom)
                throw _tokens.Unexpected("a command of a script");
            ScriptCommand? command = Command(line);
            commands.Add(command ?? new UnsupportedCommand(Encoding.UTF8.GetString(_tokens.Text), line));
            if (command is not null)
            {
                _tokens.Close();
                continue;
            }
            _tokens.Position = start;
            _tokens.SkipGroup();
        }
        return commands;
    }

    private bool IsInlineModule()
    {
        ReadOnlySpan<string> fields = ["type", "rec", "import", "func", "table", "memory", "global", "tag", "export", "start", "elem", "data"];
        foreach (string field in fields)
        {
            if (_tokens.IsOpen(Encoding.UTF8.GetBytes(field)))
                return true;
        }
        return false;
    }

    // null for what is no known command; the tokens then stand on its name
    private ScriptCommand? Command(int line)
    {
        string keyword = Encoding.UTF8.GetString(_tokens.Text);
        if (keyword is "invoke" or "get")
            return new ActionCommand(line, Action());
        _tokens.Position++;
        switch (keyword)
        {
            case "module":
                return Module(line);
            case "register":
                return new RegisterCommand(line, _tokens.Name(), _tokens.OptionalId());
            case "assert_return":
                return new AssertReturnCommand(line, ParenthesisedAction(), Patterns());
            case "assert_trap" when _tokens.IsOpen("module"u8):
                return ModuleAssertion(AssertModuleCommand.Uninstantiable, line);
            case "assert_trap" or "assert_exhaustion":
                return new AssertTrapCommand(keyword, line, ParenthesisedAction(), _tokens.Name());
            case AssertModuleCommand.Malformed or AssertModuleCommand.Invalid or AssertModuleCommand.Unlinkable:
                return ModuleAssertion(keyword, line);
            default:
                _tokens.Position--;
                return null;
        }
    }

    private AssertModuleCommand ModuleAssertion(string kind, int line)
    {
        _tokens.ExpectOpen("module"u8);
        _tokens.TryKeyword("definition"u8);
        ModuleSource source = Source(_tokens.OptionalId());
        _tokens.Close();
        return new AssertModuleCommand(kind, line, source, _tokens.Name());
    }

    private ScriptCommand Module(int line)
    {
        if (_tokens.TryKeyword("instance"u8))
            return new InstanceCommand(line, _tokens.OptionalId(), _tokens.OptionalId());
        bool definitionOnly = _tokens.TryKeyword("definition"u8);
        string? name = _tokens.OptionalId();
        return new ModuleCommand(line, name, Source(name), definitionOnly);
    }

    /// <summary>What stands between the module's name and its closing parenthesis.</summary>
    private ModuleSource Source(string? name)
    {
        if (_tokens.TryKeyword("binary"u8))
            return ModuleSource.Binary(Strings());
        if (_tokens.TryKeyword("quote"u8))
            return ModuleSource.Text(Strings());
        ModuleSource source = ModuleSource.Fields(_tokens, _tokens.Position, name);
        while (_tokens.Kind is not (TokenKind.Close or TokenKind.End))
        {
            if (_tokens.Kind == TokenKind.Open)
                _tokens.SkipGroup();
            else
                _tokens.Position++;
        }
        return source;
    }

    private byte[] Strings()
    {
        var bytes = new ByteBuffer();
        _tokens.Strings(bytes);
        return bytes.ToArray();
    }

    private ScriptAction ParenthesisedAction()
    {
        if (!_tokens.TryKind(TokenKind.Open))
            throw _tokens.Unexpected("an action");
        ScriptAction action = Action();
        _tokens.Close();
        return action;
    }

    private ScriptAction Action()
    {
        bool invoke = _tokens.TryKeyword("invoke"u8);
        if (!invoke)
            _tokens.ExpectKeyword("get"u8);
        string? instance = _tokens.OptionalId();
        string export = _tokens.Name();
        if (!invoke)
            return new ScriptAction(instance, export, Arguments: null);
        var arguments = new List<WasmValue>();
        while (_tokens.Kind == TokenKind.Open)
            arguments.Add(_values.Value());
        return new ScriptAction(instance, export, [.. arguments]);
    }

    private ResultPattern[] Patterns()
    {
        var patterns = new List<ResultPattern>();
        while (_tokens.Kind == TokenKind.Open)
            patterns.Add(_values.Pattern());
        return [.. patterns];
    }
}
