using System.Reflection;

namespace Lunatic.Runtime.Serialization.Shapes;

/// <summary>Finds out which properties may be null, and so are options.</summary>
internal static class MemberNullability
{
    // what the compiler notes for a type with a question mark
    private const byte Nullable = 2;

    /// <summary>
    /// What is known of a property; null: it is no option. One whose type is a type parameter is an option only where it is written as one, <c>T?</c>: reflection takes each for nullable,
    /// as its type may be.
    /// </summary>
    public static NullabilityInfo? Of(PropertyInfo property)
    {
        Type owner = property.DeclaringType!;
        var written = owner.IsGenericType ? (PropertyInfo)owner.GetGenericTypeDefinition().GetMemberWithSameMetadataDefinitionAs(property) : property;
        return written.PropertyType.ContainsGenericParameters && !HasQuestionMark(written) ? null : new NullabilityInfoContext().Create(property);
    }

    // the note may stand once for all members of the type that have it
    private static bool HasQuestionMark(PropertyInfo property)
    {
        byte? note = NoteOf(property, "System.Runtime.CompilerServices.NullableAttribute");
        for (Type? type = property.DeclaringType; note is null && type is not null; type = type.DeclaringType)
            note = NoteOf(type, "System.Runtime.CompilerServices.NullableContextAttribute");
        return note == Nullable;
    }

    // a byte, or one for each part of the type: the type itself comes first
    private static byte? NoteOf(MemberInfo member, string attribute)
    {
        object? note = member.CustomAttributes.FirstOrDefault(data => data.AttributeType.FullName == attribute)?.ConstructorArguments[0].Value;
        return note is IReadOnlyList<CustomAttributeTypedArgument> parts ? (byte?)parts[0].Value : (byte?)note;
    }
}
