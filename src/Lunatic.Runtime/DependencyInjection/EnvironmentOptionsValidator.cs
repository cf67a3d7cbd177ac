using Microsoft.Extensions.Options;

namespace Lunatic.Runtime.DependencyInjection;

/// <summary>Checks the options of named environments when the host starts.</summary>
internal sealed class EnvironmentOptionsValidator : IValidateOptions<EnvironmentOptions>
{
    public ValidateOptionsResult Validate(string? name, EnvironmentOptions options)
    {
        try
        {
            options.CopyValidated();
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException exception)
        {
            return ValidateOptionsResult.Fail($"Environment '{name}', {nameof(EnvironmentOptions)}.{exception.ParamName}: {exception.Message}");
        }
    }
}
