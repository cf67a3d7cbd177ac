namespace Lunatic.Runtime;

/// <summary>Marks a message that is a request: who sends it waits for a reply.</summary>
/// <typeparam name="TReply">The type of the reply.</typeparam>
public interface IRequest<TReply>;
