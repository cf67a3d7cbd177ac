using Microsoft.Extensions.Options;

namespace Lunatic.Runtime.DependencyInjection;

/// <summary>Checks options when the host starts, by the rules that those apply who use them.</summary>
/// <param name="check">Throws an <see cref="ArgumentException"/> that names the option which is wrong.</param>
/// <param name="place">Says by the name of the options what they belong to, before the option's own name.</param>
internal sealed class OptionsValidator<T>(Action<T> check, Func<string?, string> place) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        try
        {
            check(options);
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException exception)
        {
            return ValidateOptionsResult.Fail($"{place(name)}{typeof(T).Name}.{exception.ParamName}: {exception.Message}");
        }
    }
}
