using Microsoft.Extensions.DependencyInjection;

namespace Lunatic.Runtime.DependencyInjection;

/// <summary>C# processes with a scope of services.</summary>
public static class ScopedProcessExtensions
{
    /// <summary>Makes a body of a process that has a service scope of its own, from its start to its end; for <see cref="LunaticEnvironment.Spawn"/> and for supervisors.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="body">The body; its services are those of the scope.</param>
    public static Func<NativeProcessContext, Task> InScope(this IServiceProvider services, Func<NativeProcessContext, IServiceProvider, Task> body)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(body);
        IServiceScopeFactory scopes = services.GetRequiredService<IServiceScopeFactory>();
        return async context =>
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            await body(context, scope.ServiceProvider);
        };
    }
}
