namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>Where compiled code of a function is entered.</summary>
/// <param name="Resumes">Whether it goes on in a saved frame; otherwise calls enter it.</param>
/// <param name="OnlySite">Of code that goes on in frames: the one site it does so at; null for all of them.</param>
internal readonly record struct EntryPoint(bool Resumes, int? OnlySite)
{
    /// <summary>The beginning of the function.</summary>
    public static EntryPoint Call => default;

    /// <summary>Any site.</summary>
    public static EntryPoint AnySite => new(true, null);

    /// <summary>One site.</summary>
    public static EntryPoint At(int site) => new(true, site);
}
