namespace Lunatic.Runtime.HostApi.Binding;

/// <summary>
/// Marks a static method that guests import as <paramref name="name"/>: first parameter <see cref="ProcessContext"/>, then int, long, float or double
/// for i32, i64, f32, f64; the result is one of these or void.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HostFunctionAttribute(string name) : Attribute
{
    /// <summary>The import's name, for example <c>send</c>.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The name of a method of the class that compiled code tries first: the same parameters, then the result as out; false if it did nothing. It calls no method that is
    /// not put in place, and throws nothing.
    /// </summary>
    public string? Quick { get; set; }
}
