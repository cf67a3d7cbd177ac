using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Binary;

/// <summary>An entry of the export section; what it names comes later in the module, or nowhere.</summary>
internal sealed record ExportEntry(string Name, ExternalKind Kind, uint Index, int Offset);
