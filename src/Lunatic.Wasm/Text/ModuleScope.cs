namespace Lunatic.Wasm.Text;

/// <summary>Everything of a module that identifiers can name.</summary>
internal sealed class ModuleScope
{
    public IndexSpace Types { get; } = new("type");

    public IndexSpace Functions { get; } = new("func");

    public IndexSpace Tables { get; } = new("table");

    public IndexSpace Memories { get; } = new("memory");

    public IndexSpace Globals { get; } = new("global");

    public IndexSpace Tags { get; } = new("tag");

    public IndexSpace Elements { get; } = new("elem segment");

    public IndexSpace Data { get; } = new("data segment");

    /// <summary>The function types, by index.</summary>
    public FunctionTypeTable FunctionTypes { get; } = new();
}
