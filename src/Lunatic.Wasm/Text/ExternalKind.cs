namespace Lunatic.Wasm.Text;

/// <summary>What can be imported and exported, with the codes of the binary format.</summary>
internal enum ExternalKind : byte
{
    Function,
    Table,
    Memory,
    Global,
    Tag,
}
