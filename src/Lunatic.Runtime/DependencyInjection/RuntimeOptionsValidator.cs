using Microsoft.Extensions.Options;

namespace Lunatic.Runtime.DependencyInjection;

/// <summary>Checks the runtime's options when the host starts.</summary>
internal sealed class RuntimeOptionsValidator : IValidateOptions<LunaticRuntimeOptions>
{
    public ValidateOptionsResult Validate(string? name, LunaticRuntimeOptions options)
    {
        try
        {
            options.CopyValidated();
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException exception)
        {
            return ValidateOptionsResult.Fail($"{nameof(LunaticRuntimeOptions)}.{exception.ParamName}: {exception.Message}");
        }
    }
}
