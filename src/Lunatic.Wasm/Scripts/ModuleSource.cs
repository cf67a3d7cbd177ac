using Lunatic.Wasm.Text;

namespace Lunatic.Wasm.Scripts;

/// <summary>A module of a script, read only when its command is executed: what is wrong with it is then that command's result.</summary>
internal sealed class ModuleSource
{
    private readonly Func<ReadOnlyMemory<byte>> _encode;

    private ModuleSource(Func<ReadOnlyMemory<byte>> encode) => _encode = encode;

    /// <summary>A module in the binary format.</summary>
    public static ModuleSource Binary(ReadOnlyMemory<byte> bytes) => new(() => bytes);

    /// <summary>A module as text.</summary>
    public static ModuleSource Text(byte[] utf8) => new(() => TextModule.Encode(utf8));

    /// <summary>A file in the binary format.</summary>
    public static ModuleSource BinaryFile(string path) => new(() => File.ReadAllBytes(path));

    /// <summary>A file with a module as text.</summary>
    public static ModuleSource TextFile(string path) => new(() => TextModule.Encode(File.ReadAllBytes(path)));

    /// <summary>The fields of a module inside a script's text, from a token on.</summary>
    public static ModuleSource Fields(TokenReader tokens, int position, string? name) => new(() =>
    {
        TokenReader fields = tokens.At(position);
        byte[] module = ModuleParser.ParseFields(fields, name);
        if (fields.Kind is not (TokenKind.Close or TokenKind.End))
            throw fields.Unexpected("a field of a module");
        return module;
    });

    /// <summary>The module in the binary format.</summary>
    public ReadOnlyMemory<byte> Encode() => _encode();

    /// <summary>Decodes and validates the module.</summary>
    public WasmModule Load() => WasmModule.LoadBinary(Encode());
}
