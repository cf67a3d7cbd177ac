using System.Reflection.Emit;

namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>A place of the emitted code where its frame can be taken, and gone on with.</summary>
internal sealed class Site
{
    public required SiteKind Kind { get; init; }

    /// <summary>The frame's position.</summary>
    public required int Position { get; init; }

    /// <summary>Index in the function's <see cref="FunctionSites"/>.</summary>
    public required int Index { get; init; }

    /// <summary>The operands that are saved, each a constant or a variable.</summary>
    public required Value[] Operands { get; init; }

    /// <summary>The variables of a call's results, which lie above the operands in a frame that goes on.</summary>
    public Variable[] Results { get; init; } = [];

    /// <summary>Where the frame is saved.</summary>
    public required Label Save { get; init; }

    /// <summary>Where the code goes on, from the check and from a restored frame.</summary>
    public required Label Continue { get; init; }
}
