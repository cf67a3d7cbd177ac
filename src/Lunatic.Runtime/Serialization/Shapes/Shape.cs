namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>How values of a C# type are written and read, whatever the format.</summary>
internal abstract class Shape;
