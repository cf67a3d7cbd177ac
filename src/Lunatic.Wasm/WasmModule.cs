using System.Text;
using Lunatic.Wasm.Binary;
using Lunatic.Wasm.Hosting;
using Lunatic.Wasm.Instances;
using Lunatic.Wasm.Model;
using Lunatic.Wasm.Text;
using Lunatic.Wasm.Validation;

namespace Lunatic.Wasm;

/// <summary>A valid module: immutable, shared by all its instances and safe to use from any thread.</summary>
public sealed class WasmModule
{
    private readonly Lazy<ModuleNames> _names;
    private readonly Lazy<ModuleCode> _code;

    private WasmModule(ModuleDefinition definition)
    {
        Definition = definition;
        Imports = definition.Imports;
        Exports = definition.Exports;
        _names = new Lazy<ModuleNames>(() => ModuleNames.Read(definition));
        _code = new Lazy<ModuleCode>(() => new ModuleCode(this));
    }

    /// <summary>What instances have to be given, in the order of the module.</summary>
    public IReadOnlyList<WasmImport> Imports { get; }

    /// <summary>What instances offer, in the order of the module.</summary>
    public IReadOnlyList<WasmExport> Exports { get; }

    /// <summary>The module's name from its name section, or null.</summary>
    public string? Name => _names.Value.Module;

    internal ModuleDefinition Definition { get; }

    /// <summary>What imported functions do with a byte window. To be set before the first instance is made.</summary>
    internal Func<WasmImport, ByteWindowUse>? ByteWindowUses { get; set; }

    internal ModuleCode Code => _code.Value;

    /// <summary>Loads a module, in the binary format or (what does not begin like it) the text format in UTF-8.</summary>
    /// <param name="bytesOrText">The whole module. It is kept, so it must not change any more.</param>
    /// <exception cref="WasmMalformedException">It is no WebAssembly module.</exception>
    /// <exception cref="WasmInvalidException">It is not valid, or needs what is not supported.</exception>
    public static WasmModule Load(ReadOnlyMemory<byte> bytesOrText) =>
        LoadBinary(IsBinary(bytesOrText.Span) ? bytesOrText : TextModule.Encode(bytesOrText.Span));

    /// <summary>Loads a module in the text format.</summary>
    /// <exception cref="WasmMalformedException">It is no WebAssembly module.</exception>
    /// <exception cref="WasmInvalidException">It is not valid, or needs what is not supported.</exception>
    public static WasmModule Parse(string text) => LoadBinary(TextModule.Encode(Encoding.UTF8.GetBytes(text)));

    /// <summary>The contents of the custom sections with this name, in the order of the module.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> CustomSections(string name) =>
        Definition.CustomSections.Where(section => section.Name == name).Select(section => Definition.Bytes.Slice(section.Start, section.Length));

    /// <summary>Loads a module that has to be binary.</summary>
    internal static WasmModule LoadBinary(ReadOnlyMemory<byte> bytes) => LoadBinary(bytes, WasmFeatures.Default);

    internal static WasmModule LoadBinary(ReadOnlyMemory<byte> bytes, WasmFeatures features) =>
        new(ModuleValidator.Validate(ModuleDecoder.Decode(bytes, features)));

    /// <summary>The name of a function (imports first) from the name section, else from the first export of it, else null.</summary>
    internal string? FunctionName(int index) => _names.Value.Functions.GetValueOrDefault(index);

    // the binary format's magic begins with a zero byte, which no text has
    private static bool IsBinary(ReadOnlySpan<byte> bytes) => bytes is [0, ..];
}
