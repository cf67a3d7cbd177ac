namespace Lunatic.Wasm.Scripts;

/// <summary>A reference.</summary>
/// <param name="Type">Its type, or null for any.</param>
/// <param name="IsNull">Whether it is null.</param>
/// <param name="HostNumber">The <see cref="HostReference"/> it has to be, or null for any.</param>
internal sealed record ReferencePattern(WasmValueType? Type, bool IsNull, ulong? HostNumber = null) : ResultPattern
{
    public override bool Matches(WasmValue value) =>
        value.Type.IsReference
        && (Type is null || value.Type == Type)
        && value.IsNullReference == IsNull
        && (HostNumber is null || (value.Reference is HostReference host && host.Number == HostNumber));

    public override string ToString() =>
        $"{(Type is null ? "reference" : Type.ToString())} {(IsNull ? "null" : HostNumber is null ? "not null" : $"of the host {HostNumber}")}";
}
