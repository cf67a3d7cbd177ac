namespace Lunatic.Wasm.Model;

/// <summary>Kinds of imports and exports, by their codes of the binary format.</summary>
internal enum ExternalKind : byte
{
    Function = 0,
    Table = 1,
    Memory = 2,
    Global = 3,
    Tag = 4,
}
