import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS_METADATA, isTaskRule, type AccessRule } from './access.js';

export interface Route {
  method: string;
  /** Below `/api`, e.g. `/train-tasks/:taskId`. */
  path: string;
  rule: AccessRule | undefined;
  handler: string;
}

/** Knows every route of the running application, and refuses to start with one that does not say who may call it. */
@Injectable()
export class RouteCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const wrong = this.routes().flatMap((route) => complaints(route));
    if (wrong.length > 0) throw new Error(`The application does not start:\n${wrong.join('\n')}`);
  }

  routes(): Route[] {
    return this.discovery.getControllers().flatMap(({ metatype, instance }) => {
      if (typeof metatype !== 'function' || typeof instance !== 'object' || instance === null) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => routesOf(metatype as Type, name, prototype[name]));
    });
  }
}

function routesOf(controller: Type, name: string, handler: unknown): Route[] {
  if (typeof handler !== 'function') return [];
  const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
  if (method === undefined) return [];
  const rule = Reflect.getMetadata(ACCESS_METADATA, handler) as AccessRule | undefined;
  const [roots, leaves] = [controller, handler].map((holder) => [Reflect.getMetadata(PATH_METADATA, holder) as string | string[]].flat());
  return (roots ?? []).flatMap((root) =>
    (leaves ?? []).map((leaf) => ({
      method: RequestMethod[method],
      path: `/${[root, leaf]
        .flatMap((part) => part.split('/'))
        .filter((part) => part !== '')
        .join('/')}`,
      rule,
      handler: `${controller.name}.${name}`,
    })),
  );
}

function complaints({ method, path, rule, handler }: Route): string[] {
  if (rule === undefined) return [`${handler} (${method} ${path}) does not declare who may call it: add @Access(...).`];
  if (isTaskRule(rule) && !path.includes(':taskId'))
    return [`${handler} (${method} ${path}) has the rule "${rule}" but no :taskId in its path.`];
  return [];
}
