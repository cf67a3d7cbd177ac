namespace Lunatic.Wasm.Scripts;

/// <summary>Asserts at which stage a module fails, and how.</summary>
internal sealed record AssertModuleCommand(string Kind, int Line, ModuleSource Source, string Message) : ScriptCommand(Kind, Line)
{
    public const string Malformed = "assert_malformed";
    public const string Invalid = "assert_invalid";
    public const string Unlinkable = "assert_unlinkable";
    public const string Uninstantiable = "assert_uninstantiable";
}
